import { largest, map, smallestPositive, sum } from '../numbers';
import type { Numbers } from '../numbers';

/** (reference / n_j)^exponent [C]; 0 for an empty class. */
const inversePower = (counts: Numbers, reference: number, exponent: number): Float64Array =>
  map(counts, (n) => (n > 0 ? Math.pow(reference / n, exponent) : 0));

/** 1 / n_j. */
export const inverseWeights = (counts: Numbers): Float64Array => inversePower(counts, 1, 1);

/** 1 / sqrt(n_j). */
export const squareRootWeights = (counts: Numbers): Float64Array =>
  map(counts, (n) => (n > 0 ? 1 / Math.sqrt(n) : 0));

/** n_max / n_j. */
export const maxOverWeights = (counts: Numbers): Float64Array =>
  inversePower(counts, largest(counts), 1);

/** (n_min / n_j)^gamma with the smallest non-empty count: the largest weight is 1. */
export const minOverPowerWeights = (counts: Numbers, gamma: number): Float64Array =>
  inversePower(counts, smallestPositive(counts), gamma);

/** N / (C n_j) with C the non-empty classes: scikit-learn's class_weight="balanced". */
export const balancedWeights = (counts: Numbers): Float64Array => {
  const present = Array.from(counts).filter((n) => n > 0).length;
  return inversePower(counts, sum(counts) / present, 1);
};
