import { at } from '../numbers';
import type { Numbers } from '../numbers';
import { scoreSteps, thresholdMetrics, type Cells } from './scoreSteps';

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
): number => thresholdMetrics[objective](cellsAt(scores, labels, threshold));

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
  const steps = scoreSteps(scores, labels).toReversed();
  const candidates = steps.map(({ score }) => score);
  const values = steps.map(thresholdMetrics[objective]);
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
