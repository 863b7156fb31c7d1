import { ascending, sum } from '../numbers';
import type { Numbers } from '../numbers';
import { countAt, sumOver } from './countGroups';
import type { CountGroups } from './countGroups';

/**
 * Gini index in its population form, sum (2i - C - 1) n_(i) / (C N) over the counts in ascending
 * order; in [0, (C - 1) / C]. Null where there is no sample. Equal counts share a term: their
 * factors add up to m (2r + m - C) for m classes behind r smaller ones.
 */
export const gini = ({ values, times, classes, total }: CountGroups): number | null => {
  if (total === 0) return null;
  let before = 0;
  const terms = values.map((value, i) => {
    const own = times[i] ?? NaN;
    const factor = own * (2 * before + own - classes);
    before += own;
    return factor * value;
  });
  return sum(terms) / (classes * total);
};

/** Lorenz curve: C + 1 cumulative shares of the counts in ascending order, from 0 to 1. */
export const lorenz = (counts: Numbers): number[] => {
  const sorted = ascending(counts);
  const total = sum(sorted);
  let running = 0;
  return [0, ...Array.from(sorted, (n) => (running += n) / (total === 0 ? 1 : total))];
};

/** Shannon entropy of the class shares in nats; 0 log 0 = 0. */
export const entropy = (groups: CountGroups): number => {
  const term = (p: number): number => (p > 0 ? p * Math.log(p) : 0);
  return Math.max(0, -sumOver(groups, (n) => term(n / groups.total)));
};

/** Hill number of order 2, 1 / sum p^2: how many equal classes would repeat as often. */
export const inverseSimpson = (groups: CountGroups): number =>
  1 / sumOver(groups, (n) => (groups.total === 0 ? 0 : (n / groups.total) ** 2));

/** Samples of the `classes` largest classes. */
const samplesOfLargest = ({ values, times }: CountGroups, classes: number): number => {
  let left = classes;
  const terms = values.toReversed().map((value, i) => {
    const taken = Math.min(left, times[values.length - 1 - i] ?? 0);
    left -= taken;
    return taken * value;
  });
  return sum(terms);
};

/** Share of the samples in the ceil(C / 5) largest classes, and how many classes that is. */
export const headShare = (
  groups: CountGroups,
): { readonly classes: number; readonly share: number | null } => {
  const classes = Math.ceil(groups.classes / 5);
  const { total } = groups;
  return { classes, share: total === 0 ? null : samplesOfLargest(groups, classes) / total };
};

/** The fewest classes that hold at least 80 % of the samples. Integer arithmetic: 5 x head >= 4 x N. */
export const classesForEightyPercent = ({ values, times, total }: CountGroups): number => {
  let running = 0;
  let classes = 0;
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i] ?? NaN;
    const own = times[i] ?? 0;
    if (5 * (running + own * value) < 4 * total) {
      running += own * value;
      classes += own;
      continue;
    }
    // The quotient may be a class off where it is no whole number.
    let few = Math.max(0, Math.floor((4 * total - 5 * running) / (5 * value)) - 1);
    while (few < own && 5 * (running + few * value) < 4 * total) few++;
    return classes + few;
  }
  return classes;
};

/** Median of the counts, the mean of the middle two for an even number of classes. */
export const median = (groups: CountGroups): number => {
  const half = groups.classes >> 1;
  const upper = countAt(groups, half);
  return groups.classes % 2 === 1 ? upper : (countAt(groups, half - 1) + upper) / 2;
};

/** Standard deviation over mean, dividing by C - ddof. Null where it is 0 / 0. */
export const variationCoefficient = (groups: CountGroups, ddof: 0 | 1): number | null => {
  const { classes, total } = groups;
  const centre = total / classes;
  if (classes - ddof <= 0 || centre === 0) return null;
  return Math.sqrt(sumOver(groups, (n) => (n - centre) ** 2) / (classes - ddof)) / centre;
};
