import type { Random } from '../../common/random';

/** What a sampler draws from. */
export interface SamplerSource {
  /** Class of each item [N]; unused where `labelLists` are given. */
  readonly labels: Int32Array;
  /** Items of each class [C]; as many as `labels` or `labelLists` say. */
  readonly counts: readonly number[];
  /** Seed of the stage: the same seed and epoch give the same draws. */
  readonly seed: number;
  /** With several labels an item: the classes of each, each once [N]. */
  readonly labelLists?: readonly ArrayLike<number>[] | undefined;
}

/**
 * Order of drawing. It depends on seed and epoch alone: whoever knows (epoch, step) can go on in the
 * middle of one.
 */
export interface Sampler {
  /** Draws of an epoch: N, but for samplers that make the set larger or smaller. */
  draws(epoch: number): number;
  /** Positions of items, in the order of drawing [draws]. */
  epoch(epoch: number): Uint32Array;
}

/** One way of drawing, without a seed or a schedule. */
export interface Drawing {
  readonly draws: number;
  /** Draws epoch `epoch` of the `epochs` this way of drawing is in force. */
  order(random: Random, epoch: number, epochs: number): Uint32Array;
}
