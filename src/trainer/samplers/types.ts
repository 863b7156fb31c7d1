/** What a sampler draws from. */
export interface SamplerSource {
  /** Class of each training item [N]. */
  readonly labels: Int32Array;
  /** Items of each class [C]; as many as `labels` says. */
  readonly counts: readonly number[];
  /** Seed of the stage: the same seed and epoch give the same draws. */
  readonly seed: number;
}

/**
 * Order of drawing. An epoch is N draws whatever the sampler, so that recipes see the same number
 * of pictures. It depends on seed and epoch alone: whoever knows (epoch, step) can go on in the
 * middle of one.
 */
export interface Sampler {
  /** Positions into `labels`, in the order of drawing [N]. */
  epoch(epoch: number): Uint32Array;
}
