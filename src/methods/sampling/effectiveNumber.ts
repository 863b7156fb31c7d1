import { map, shares } from '../numbers';
import type { Numbers } from '../numbers';
import { effectiveNumber } from '../weights/effectiveNumber';

/**
 * Sampling by effective numbers: each sample of class j weighs (1 - beta) / (1 - beta^n_j), so
 * p_j is proportional to n_j / E(n_j). An empty class has weight and probability 0. Cui et al.,
 * CVPR 2019 (arXiv 1901.05555), used as a sampler by Cao et al., NeurIPS 2019.
 */
export const effectiveNumberSampling = (
  counts: Numbers,
  beta: number,
): { readonly sampleWeights: Float64Array; readonly probabilities: Float64Array } => {
  const sampleWeights = map(counts, (n) => (n > 0 ? 1 / effectiveNumber(n, beta) : 0));
  return {
    sampleWeights,
    probabilities: shares(map(counts, (n, j) => n * (sampleWeights[j] ?? 0))),
  };
};
