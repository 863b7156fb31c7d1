import { map } from '../numbers';
import type { Numbers } from '../numbers';

/** From here on beta is read as its limit 1, where the effective number is n itself. */
const betaLimit = 1 - 1e-12;

/**
 * E(n) = (1 - beta^n) / (1 - beta) for beta in [0, 1]: the effective number of samples. 0 for
 * n = 0. Written with expm1, because 1 - beta^n cancels where n (1 - beta) is small.
 * Cui et al., CVPR 2019 (arXiv 1901.05555), equation 3.
 */
export const effectiveNumber = (n: number, beta: number): number => {
  if (n <= 0) return 0;
  if (beta >= betaLimit) return n;
  if (beta <= 0) return 1;
  return -Math.expm1(n * Math.log(beta)) / (1 - beta);
};

/** 1 / E(n_j) [C]; 0 for an empty class. */
export const effectiveNumberWeights = (counts: Numbers, beta: number): Float64Array =>
  map(counts, (n) => (n > 0 ? 1 / effectiveNumber(n, beta) : 0));
