import { at, largest, map, sum } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * How class weights are scaled. It sets the effective learning rate, so every weighted loss names
 * it: `sumC` the weights of the non-empty classes average 1 (class-balanced loss, LDAM);
 * `sampleMean1` the samples' weights average 1, sum n_j w_j = N (scikit-learn's "balanced");
 * `max1` the largest is 1; `none` as the rule gives them.
 */
export type WeightNormalisation = 'sumC' | 'sampleMean1' | 'max1' | 'none';

/** The weights [C] scaled; those of empty classes must be 0 and stay 0. */
export const normaliseWeights = (
  weights: Numbers,
  counts: Numbers,
  normalisation: WeightNormalisation,
): Float64Array => {
  const present = Array.from(counts).filter((n) => n > 0).length;
  const scales: Record<WeightNormalisation, () => number> = {
    none: () => 1,
    max1: () => 1 / largest(weights),
    sumC: () => present / sum(weights),
    sampleMean1: () => sum(counts) / sum(map(weights, (w, j) => w * at(counts, j))),
  };
  const scale = present === 0 ? 0 : scales[normalisation]();
  // A rule whose weights are all 0 (log of one class) has no scale: every class weighs 1.
  if (!Number.isFinite(scale)) return map(counts, (n) => (n > 0 ? 1 : 0));
  return map(weights, (w) => w * scale);
};
