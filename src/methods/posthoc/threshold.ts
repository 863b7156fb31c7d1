import { at } from '../numbers';
import type { Numbers } from '../numbers';

export type ThresholdObjective = 'f1' | 'balancedAccuracy' | 'gMean';

export interface ThresholdSearch {
  readonly bestValue: number;
  /** Thresholds that reach the best value, ascending; predict 1 where score >= threshold. */
  readonly bestThresholds: readonly number[];
  /** (low, high]: any threshold inside predicts the same. */
  readonly bestIntervals: readonly (readonly [number, number])[];
  /** Every distinct score, ascending, and the objective there. */
  readonly candidates: readonly number[];
  readonly values: readonly number[];
}

interface Cells {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly positives: number;
  readonly negatives: number;
}

const objectives: Record<ThresholdObjective, (cells: Cells) => number> = {
  f1: ({ truePositives, falsePositives, positives }) =>
    positives + truePositives + falsePositives === 0
      ? 0
      : (2 * truePositives) / (positives + truePositives + falsePositives),
  balancedAccuracy: (cells) => (sensitivity(cells) + specificity(cells)) / 2,
  gMean: (cells) => Math.sqrt(sensitivity(cells) * specificity(cells)),
};

const sensitivity = (cells: Cells): number =>
  cells.positives === 0 ? 0 : cells.truePositives / cells.positives;
const specificity = (cells: Cells): number =>
  cells.negatives === 0 ? 0 : 1 - cells.falsePositives / cells.negatives;

const cellsAt = (scores: Numbers, labels: Numbers, threshold: number): Cells => {
  const cells = { truePositives: 0, falsePositives: 0, positives: 0, negatives: 0 };
  for (let i = 0; i < scores.length; i++) {
    const positive = at(labels, i) === 1;
    cells[positive ? 'positives' : 'negatives']++;
    if (at(scores, i) >= threshold) cells[positive ? 'truePositives' : 'falsePositives']++;
  }
  return cells;
};

/** The objective when scores >= threshold are predicted positive; `labels` are 0 or 1. */
export const thresholdValue = (
  scores: Numbers,
  labels: Numbers,
  threshold: number,
  objective: ThresholdObjective,
): number => objectives[objective](cellsAt(scores, labels, threshold));

/**
 * The best threshold of a binary score over every score that occurs, in one pass from the largest
 * score down. The threshold that predicts no positive is left out: it is never better. Choose on
 * validation items only. Throws RangeError unless there are items of both classes.
 */
export const bestThreshold = (
  scores: Numbers,
  labels: Numbers,
  objective: ThresholdObjective,
): ThresholdSearch => {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => at(scores, b) - at(scores, a));
  const { positives, negatives } = cellsAt(scores, labels, Infinity);
  if (positives === 0 || negatives === 0)
    throw new RangeError(`${positives} positive and ${negatives} negative items`);
  const candidates: number[] = [];
  const values: number[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  order.forEach((item, rank) => {
    if (at(labels, item) === 1) truePositives++;
    else falsePositives++;
    const score = at(scores, item);
    const next = order[rank + 1];
    if (next !== undefined && at(scores, next) === score) return;
    candidates.push(score);
    values.push(objectives[objective]({ truePositives, falsePositives, positives, negatives }));
  });
  candidates.reverse();
  values.reverse();
  const bestValue = values.reduce((a, b) => Math.max(a, b), -Infinity);
  // Equal in exact arithmetic, apart by a rounding: both are best.
  const best = candidates.flatMap((_, i) =>
    (values[i] ?? -Infinity) >= bestValue - 1e-12 ? [i] : [],
  );
  return {
    bestValue,
    bestThresholds: best.map((i) => at(candidates, i)),
    bestIntervals: best.map((i) => [candidates[i - 1] ?? -Infinity, at(candidates, i)] as const),
    candidates,
    values,
  };
};
