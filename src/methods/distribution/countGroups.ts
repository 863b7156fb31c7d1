import { float64, map, sum } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * Counts without an entry a class: every different count, ascending, with the number of classes
 * that have it. A long tail of a million classes has a few thousand different counts, so measures
 * over these cost next to nothing.
 */
export interface CountGroups {
  readonly values: Float64Array;
  /** Classes with that count. */
  readonly times: Float64Array;
  readonly classes: number;
  readonly total: number;
}

/** Counts below this are tallied, others sorted: of those there are few, or few classes at all. */
const mostTallied = 1 << 16;

const isTallied = (count: number, below: number): boolean =>
  count >= 0 && count < below && Number.isInteger(count);

/** Groups of counts in any order. */
export const groupCounts = (given: Numbers): CountGroups => {
  const counts = float64(given);
  const below = Math.min(mostTallied, 4 * counts.length + 64);
  const tally = new Uint32Array(below);
  let others = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? NaN;
    if (isTallied(count, below)) tally[count] = (tally[count] ?? 0) + 1;
    else others++;
  }
  const apart = others === 0 ? counts.subarray(0, 0) : counts.filter((n) => !isTallied(n, below));
  apart.sort();
  // A count that is no whole number, or below 0, belongs among what was tallied.
  if ((apart[0] ?? Infinity) < below) return sortedGroups(counts);
  let different = 0;
  for (let count = 0; count < below; count++) if ((tally[count] ?? 0) > 0) different++;
  const values = new Float64Array(different + apart.length);
  const times = new Float64Array(different + apart.length);
  let end = 0;
  const add = (value: number, classes: number): void => {
    const isNew = end === 0 || values[end - 1] !== value;
    if (isNew) values[end++] = value;
    times[end - 1] = (times[end - 1] ?? 0) + classes;
  };
  for (let count = 0; count < below; count++) {
    const classes = tally[count] ?? 0;
    if (classes > 0) add(count, classes);
  }
  for (const count of apart) add(count, 1);
  return {
    values: values.subarray(0, end),
    times: times.subarray(0, end),
    classes: counts.length,
    total: totalOf(values.subarray(0, end), times),
  };
};

const totalOf = (values: Float64Array, times: Float64Array): number =>
  sum(map(values, (value, i) => value * (times[i] ?? NaN)));

/** The same by sorting everything. */
const sortedGroups = (counts: Float64Array): CountGroups => {
  const sorted = counts.slice().sort();
  const values = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const times = new Float64Array(values.length);
  let group = 0;
  for (const value of sorted) {
    if (value !== values[group]) group++;
    times[group] = (times[group] ?? 0) + 1;
  }
  return { values, times, classes: counts.length, total: totalOf(values, times) };
};

/** Sum over all classes of what `f` gives for their counts. */
export const sumOver = ({ values, times }: CountGroups, f: (count: number) => number): number =>
  sum(map(values, (value, i) => f(value) * (times[i] ?? NaN)));

/** Classes with a sample. */
export const presentClasses = ({ values, times }: CountGroups): number => {
  let present = 0;
  for (let i = 0; i < values.length; i++) if ((values[i] ?? 0) > 0) present += times[i] ?? 0;
  return present;
};

/** The count at a place of the ascending order, from 0; NaN outside of it. */
export const countAt = ({ values, times }: CountGroups, place: number): number => {
  let end = 0;
  for (let i = 0; i < values.length; i++) {
    end += times[i] ?? 0;
    if (place >= 0 && place < end) return values[i] ?? NaN;
  }
  return NaN;
};

/** Non-empty counts, largest first: groups of equal ranks. */
export interface RankedGroups {
  readonly values: Float64Array;
  readonly times: Float64Array;
  /** Classes with a sample. */
  readonly ranks: number;
}

export const rankedGroups = (groups: CountGroups): RankedGroups => {
  const first = groups.values.findIndex((value) => value > 0);
  const from = first < 0 ? groups.values.length : first;
  return {
    values: groups.values.slice(from).reverse(),
    times: groups.times.slice(from).reverse(),
    ranks: presentClasses(groups),
  };
};
