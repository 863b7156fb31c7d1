import { at, map, sum } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * Expected draws of each class [C] where every item of class j comes ⌊r_j⌋ times and, by chance, once
 * more: so many in all that the epoch has its length, the rounded sum of the factors; each with a
 * probability proportional to the fraction of r_j. For one label an item; r_j ≥ 1.
 */
export const expectedRepeatedDraws = (counts: Numbers, factors: Numbers): Float64Array => {
  const whole = map(counts, (n, j) => n * Math.floor(at(factors, j)));
  const rest = map(counts, (n, j) => n * (at(factors, j) % 1));
  const fractions = sum(rest);
  const picks = Math.round(sum(whole) + fractions) - sum(whole);
  return map(whole, (n, j) => (fractions === 0 ? n : n + (picks * at(rest, j)) / fractions));
};
