import { map, sum } from '../numbers';
import type { Numbers } from '../numbers';

/** Positive, non-decreasing functions the general rule is built from. */
export const weightFunctions = {
  x: (x: number): number => x,
  sqrt: (x: number): number => Math.sqrt(x),
  /** ln(1 + x), never 0 for a count. */
  log1p: (x: number): number => Math.log1p(x),
} as const;

export type WeightFunction = keyof typeof weightFunctions;

/**
 * g( sum_i f(n_i) / f(n_j) ) [C]: f weighs the counts, g tames the ratio. Both x is inverse
 * frequency, g = sqrt its root, g = log1p a bounded, idf-like weight. 0 for an empty class.
 */
export const generalWeights = (
  counts: Numbers,
  f: WeightFunction,
  g: WeightFunction,
): Float64Array => {
  const weigh = weightFunctions[f];
  const total = sum(map(counts, weigh));
  return map(counts, (n) => (n > 0 ? weightFunctions[g](total / weigh(n)) : 0));
};
