import { ascending, at, descending, shares, sum } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * Gini index in its population form, sum (2i - C - 1) n_(i) / (C N) over the counts in ascending
 * order; in [0, (C - 1) / C]. Null where there is no sample.
 */
export const gini = (counts: Numbers): number | null => {
  const sorted = ascending(counts);
  const classes = counts.length;
  const total = sum(sorted);
  if (total === 0) return null;
  const weighted = sum(sorted.map((n, i) => (2 * (i + 1) - classes - 1) * n));
  return weighted / (classes * total);
};

/** Lorenz curve: C + 1 cumulative shares of the counts in ascending order, from 0 to 1. */
export const lorenz = (counts: Numbers): number[] => {
  const sorted = ascending(counts);
  const total = sum(sorted);
  let running = 0;
  return [0, ...Array.from(sorted, (n) => (running += n) / (total === 0 ? 1 : total))];
};

/** Shannon entropy of the class shares in nats; 0 log 0 = 0. */
export const entropy = (counts: Numbers): number =>
  Math.max(0, -sum(shares(counts).map((p) => (p > 0 ? p * Math.log(p) : 0))));

/** Hill number of order 2, 1 / sum p^2: how many equal classes would repeat as often. */
export const inverseSimpson = (counts: Numbers): number =>
  1 / sum(shares(counts).map((p) => p * p));

/** Share of the samples in the ceil(C / 5) largest classes, and how many classes that is. */
export const headShare = (
  counts: Numbers,
): { readonly classes: number; readonly share: number | null } => {
  const classes = Math.ceil(counts.length / 5);
  const total = sum(counts);
  const head = sum(descending(counts).subarray(0, classes));
  return { classes, share: total === 0 ? null : head / total };
};

/** The fewest classes that hold at least 80 % of the samples. Integer arithmetic: 5 x head >= 4 x N. */
export const classesForEightyPercent = (counts: Numbers): number => {
  const total = sum(counts);
  let running = 0;
  let classes = 0;
  for (const n of descending(counts)) {
    if (5 * running >= 4 * total) break;
    running += n;
    classes++;
  }
  return classes;
};

/** Median of the counts, the mean of the middle two for an even number of classes. */
export const median = (counts: Numbers): number => {
  const sorted = ascending(counts);
  const half = counts.length >> 1;
  return counts.length % 2 === 1 ? at(sorted, half) : (at(sorted, half - 1) + at(sorted, half)) / 2;
};

/** Standard deviation over mean, dividing by C - ddof. Null where it is 0 / 0. */
export const variationCoefficient = (counts: Numbers, ddof: 0 | 1): number | null => {
  const centre = sum(counts) / counts.length;
  if (counts.length - ddof <= 0 || centre === 0) return null;
  const squares = sum(Float64Array.from(counts, (n) => (n - centre) ** 2));
  return Math.sqrt(squares / (counts.length - ddof)) / centre;
};
