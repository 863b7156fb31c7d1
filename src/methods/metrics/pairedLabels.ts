import type { Random } from '../../common/random';
import { at, mean, sum } from '../numbers';
import type { Numbers } from '../numbers';
import { quantile } from './interval';
import { drawItems, labelRanking, weightedPrecision } from './labelRanking';
import type { Measured } from './overSeeds';
import type { PairedCell } from './pairedCounts';
import { column } from './ranking';

/** What a model made of items that may have several labels. */
export interface LabelOutputs {
  /** Larger is surer [items][L]. */
  readonly scores: Numbers;
  /** 1 where the label was given, else 0 [items][L]. */
  readonly decisions: Numbers;
}

/** Two models on the same items. */
export interface PairedLabels {
  /** 1 where the item has the label, else 0 [items][L]. */
  readonly targets: Numbers;
  readonly count: number;
  readonly a: LabelOutputs;
  readonly b: LabelOutputs;
}

/** A difference of one label; its spread is the standard deviation over the draws. */
export interface LabelDifference extends Measured {
  readonly before: number;
  readonly after: number;
  readonly spread: number;
}

/** `b` less `a`; null where no label that counts occurs. */
export interface PairedLabelDifferences {
  /** Mean average precision over the labels of each set asked for. */
  readonly means: readonly (Measured | null)[];
  readonly macroF1: Measured | null;
  /** Average precision of each label [L]; null for one that no item has. */
  readonly labels: readonly (LabelDifference | null)[];
}

/** Cells looked at in all draws together, at most: more would take a second. */
const mostCells = 1e8;

/** Items on which all labels of each model are right, as pairs. */
export const exactCell = ({ targets, count, a, b }: PairedLabels): PairedCell => {
  const items = targets.length / count;
  const cell = { items, both: 0, onlyA: 0, onlyB: 0 };
  for (let item = 0, from = 0; item < items; item++, from += count) {
    let [rightA, rightB] = [true, true];
    for (let i = from; i < from + count; i++) {
      rightA &&= at(a.decisions, i) === at(targets, i);
      rightB &&= at(b.decisions, i) === at(targets, i);
    }
    if (rightA && rightB) cell.both++;
    else if (rightA) cell.onlyA++;
    else if (rightB) cell.onlyB++;
  }
  return cell;
};

/** Labels of each item that it has or was given, one after the other: [item's first, next's first). */
const activeLabels = ({ targets, count, a, b }: PairedLabels) => {
  const items = targets.length / count;
  const starts = new Uint32Array(items + 1);
  const places: number[] = [];
  for (let item = 0; item < items; item++) {
    for (let i = item * count; i < (item + 1) * count; i++)
      if (at(targets, i) + at(a.decisions, i) + at(b.decisions, i) > 0) places.push(i);
    starts[item + 1] = places.length;
  }
  return { starts, places };
};

/** Macro-F1 of `b` less that of `a` over the labels that occur at all, of items that come several times. */
const f1Difference = (pair: PairedLabels, occurs: readonly boolean[]) => {
  const { targets, count, a, b } = pair;
  const { starts, places } = activeLabels(pair);
  const present = occurs.filter(Boolean).length;
  return (times: Uint16Array): number => {
    const [rightA, allA] = [new Float64Array(count), new Float64Array(count)];
    const [rightB, allB] = [new Float64Array(count), new Float64Array(count)];
    for (let item = 0; item < times.length; item++) {
      const n = times[item] ?? 0;
      if (n === 0) continue;
      for (let k = starts[item] ?? 0; k < (starts[item + 1] ?? 0); k++) {
        const i = places[k] ?? 0;
        const j = i % count;
        const [truth, givenA, givenB] = [at(targets, i), at(a.decisions, i), at(b.decisions, i)];
        rightA[j] = (rightA[j] ?? 0) + 2 * n * truth * givenA;
        rightB[j] = (rightB[j] ?? 0) + 2 * n * truth * givenB;
        allA[j] = (allA[j] ?? 0) + n * (truth + givenA);
        allB[j] = (allB[j] ?? 0) + n * (truth + givenB);
      }
    }
    const f1 = (right: Float64Array, all: Float64Array): number =>
      occurs.reduce(
        (total, one, j) => total + (one && at(all, j) > 0 ? at(right, j) / at(all, j) : 0),
        0,
      );
    return (f1(rightB, allB) - f1(rightA, allA)) / present;
  };
};

const percentiles = (draws: readonly number[]): readonly [number, number] => {
  const sorted = Float64Array.from(draws).sort();
  return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
};

const spreadOf = (draws: readonly number[]): number => {
  const middle = mean(draws);
  return Math.sqrt(sum(draws.map((draw) => (draw - middle) ** 2)) / Math.max(1, draws.length - 1));
};

/**
 * Differences of two models on the same items with several labels, with 95 % percentile intervals by
 * a paired bootstrap over the items: both models see the same draw, and labels that occur together
 * stay together. `sets` say over which labels average precision is averaged; labels that do not come
 * in a draw are left out of it. At least 100 draws, 2,000 where that
 * takes no second.
 */
export const pairedLabelDifferences = (
  pair: PairedLabels,
  sets: readonly (readonly boolean[])[],
  { random, resamples = 2000 }: { readonly random: Random; readonly resamples?: number },
): PairedLabelDifferences => {
  const { targets, count } = pair;
  const items = targets.length / count;
  const labels = Array.from({ length: count }, (_, j) => {
    const truth = column(targets, count, j);
    const rankingOf = ({ scores }: LabelOutputs) => labelRanking(column(scores, count, j), truth);
    return { occurs: truth.includes(1), a: rankingOf(pair.a), b: rankingOf(pair.b) };
  });
  const occurs = labels.map((label) => label.occurs);
  const f1Of = f1Difference(pair, occurs);
  const gapsOf = (times: Uint16Array): readonly (number | null)[] =>
    labels.map((label) => {
      if (!label.occurs) return null;
      const [before, after] = [
        weightedPrecision(label.a, times),
        weightedPrecision(label.b, times),
      ];
      return before === null || after === null ? null : after - before;
    });
  const meanIn = (gaps: readonly (number | null)[], set: readonly boolean[]): number | null => {
    const own = gaps.filter((gap, j): gap is number => set[j] === true && gap !== null);
    return own.length === 0 ? null : mean(own);
  };
  const once = new Uint16Array(items).fill(1);
  const cells = Math.max(1, 2 * targets.length);
  const rounds = Math.min(resamples, Math.max(100, Math.floor(mostCells / cells)));
  const f1Draws: number[] = [];
  const draws = {
    labels: labels.map((): number[] => []),
    means: sets.map((): number[] => []),
  };
  const times = new Uint16Array(items);
  for (let round = 0; round < rounds; round++) {
    drawItems(times, random);
    const gaps = gapsOf(times);
    gaps.forEach((gap, j) => gap !== null && draws.labels[j]?.push(gap));
    sets.forEach((set, s) => {
      const gap = meanIn(gaps, set);
      if (gap !== null) draws.means[s]?.push(gap);
    });
    f1Draws.push(f1Of(times));
  }
  const measured = (value: number | null, drawn: readonly number[] = []): Measured | null =>
    value === null || drawn.length === 0 ? null : { value, interval: percentiles(drawn) };
  const whole = gapsOf(once);
  return {
    means: sets.map((set, s) => measured(meanIn(whole, set), draws.means[s])),
    macroF1: occurs.includes(true) ? measured(f1Of(once), f1Draws) : null,
    labels: labels.map((label, j) => {
      const drawn = draws.labels[j] ?? [];
      const difference = measured(whole[j] ?? null, drawn);
      const [before, after] = [weightedPrecision(label.a, once), weightedPrecision(label.b, once)];
      if (difference === null || before === null || after === null) return null;
      return { ...difference, before, after, spread: spreadOf(drawn) };
    }),
  };
};
