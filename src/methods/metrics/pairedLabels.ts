import type { Random } from '../../common/random';
import { at, mean } from '../numbers';
import type { Numbers } from '../numbers';
import { percentiles } from './interval';
import { itemDraws } from './itemDraws';
import { labelF1Difference } from './labelF1Difference';
import { labelRanking, weightedPrecision } from './labelRanking';
import { sampleDeviation, type Measured } from './overSeeds';
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

/**
 * Differences of two models on the same items with several labels, with 95 % percentile intervals by
 * a paired bootstrap over the items: both models see the same draw, and labels that occur together
 * stay together. `sets` say over which labels average precision is averaged; labels that do not come
 * in a draw are left out of it. At least 100 draws, 2,000 where that takes no second.
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
  const decisions = { a: pair.a.decisions, b: pair.b.decisions };
  const f1Of = labelF1Difference({ targets, count, ...decisions });
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
  const rounds = { cells: 2 * targets.length, mostCells, resamples };
  const f1Draws: number[] = [];
  const draws = {
    labels: labels.map((): number[] => []),
    means: sets.map((): number[] => []),
  };
  for (const times of itemDraws(items, rounds, random)) {
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
      return { ...difference, before, after, spread: sampleDeviation(drawn) };
    }),
  };
};
