import { biasInit, finiteOffsets, sigmoidBiasInit } from '../../methods/priors';

/**
 * Where the bias of a classifier starts with `biasInit: prior` [C]: log n_j / N under a softmax
 * (an empty class at a finite mask), the log-odds of n_j / N under sigmoids, where a label that no
 * item has, or every one, counts as half an item from the end.
 */
export const initialBias = (source: {
  readonly sigmoid: boolean;
  /** Items of each class or label. */
  readonly counts: readonly number[];
  readonly samples: number;
}): Float32Array => {
  const { sigmoid, counts, samples } = source;
  if (!sigmoid) return Float32Array.from(finiteOffsets(biasInit(counts)));
  const shareOf = (count: number): number =>
    Math.min(samples - 0.5, Math.max(0.5, count)) / Math.max(1, samples);
  return Float32Array.from(counts, (count) => sigmoidBiasInit(shareOf(count)));
};
