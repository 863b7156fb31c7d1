import { at } from '../numbers';
import type { Numbers } from '../numbers';
import { percentiles, type BootstrapOptions, type PairedDifference } from './interval';
import { itemDraws } from './itemDraws';

/** Two sets of decisions on items with several labels, all 0 or 1 [items][L]. */
export interface PairedDecisions {
  readonly targets: Numbers;
  readonly count: number;
  readonly a: Numbers;
  readonly b: Numbers;
}

/** Labels of each item that it has or was given, one after the other: [item's first, next's first). */
const activeLabels = ({ targets, count, a, b }: PairedDecisions) => {
  const items = targets.length / count;
  const starts = new Uint32Array(items + 1);
  const places: number[] = [];
  for (let item = 0; item < items; item++) {
    for (let i = item * count; i < (item + 1) * count; i++)
      if (at(targets, i) + at(a, i) + at(b, i) > 0) places.push(i);
    starts[item + 1] = places.length;
  }
  return { starts, places };
};

/**
 * Macro-F1 of `b` less that of `a`, over the labels that occur at all, where each item comes so often
 * [items]; NaN where no label occurs.
 */
export const labelF1Difference = (pair: PairedDecisions): ((times: Uint16Array) => number) => {
  const { targets, count, a, b } = pair;
  const { starts, places } = activeLabels(pair);
  const occurs = new Uint8Array(count);
  for (const i of places) if (at(targets, i) > 0) occurs[i % count] = 1;
  const present = occurs.reduce((sum, one) => sum + one, 0);
  return (times) => {
    const [rightA, allA] = [new Float64Array(count), new Float64Array(count)];
    const [rightB, allB] = [new Float64Array(count), new Float64Array(count)];
    for (let item = 0; item < times.length; item++) {
      const n = times[item] ?? 0;
      if (n === 0) continue;
      for (let k = starts[item] ?? 0; k < (starts[item + 1] ?? 0); k++) {
        const i = places[k] ?? 0;
        const j = i % count;
        const [truth, givenA, givenB] = [at(targets, i), at(a, i), at(b, i)];
        rightA[j] = (rightA[j] ?? 0) + 2 * n * truth * givenA;
        rightB[j] = (rightB[j] ?? 0) + 2 * n * truth * givenB;
        allA[j] = (allA[j] ?? 0) + n * (truth + givenA);
        allB[j] = (allB[j] ?? 0) + n * (truth + givenB);
      }
    }
    const f1 = (right: Float64Array, all: Float64Array): number =>
      occurs.reduce(
        (total, one, j) => total + (one === 1 && at(all, j) > 0 ? at(right, j) / at(all, j) : 0),
        0,
      );
    return (f1(rightB, allB) - f1(rightA, allA)) / present;
  };
};

/** Cells looked at in all draws together, at most: more would take seconds. */
const mostCells = 2e8;

/**
 * Difference in macro-F1 (labels that occur) of two sets of decisions on the same items, with a 95 %
 * percentile interval by a bootstrap over items; 0 where no label occurs. At least 100 draws, 1,000
 * where the items are few enough.
 */
export const pairedLabelF1 = (
  pair: PairedDecisions,
  { random, resamples = 1000 }: BootstrapOptions,
): PairedDifference => {
  const items = pair.targets.length / pair.count;
  const differenceOf = labelF1Difference(pair);
  const difference = differenceOf(new Uint16Array(items).fill(1));
  if (Number.isNaN(difference)) return { difference: 0, interval: [0, 0], excludesZero: false };
  const rounds = { cells: pair.targets.length, mostCells, resamples };
  const interval = percentiles(Array.from(itemDraws(items, rounds, random), differenceOf));
  return { difference, interval, excludesZero: interval[0] > 0 || interval[1] < 0 };
};
