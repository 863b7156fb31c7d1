import { at } from '../numbers';
import type { Numbers } from '../numbers';

/** How the items of a binary score fall at one threshold; counts, or weighed counts. */
export interface Cells {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly positives: number;
  readonly negatives: number;
}

/** One distinct score, from the largest down: what predicting 1 from it on comes to. */
export interface ScoreStep extends Cells {
  readonly score: number;
  /** The next lower score; null at the lowest. */
  readonly lower: number | null;
}

/** Every distinct score from the largest down. Throws RangeError unless there are items of both classes. */
export const scoreSteps = (scores: Numbers, labels: Numbers): readonly ScoreStep[] => {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => at(scores, b) - at(scores, a));
  const positives = order.reduce((sum, i) => sum + (at(labels, i) === 1 ? 1 : 0), 0);
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0)
    throw new RangeError(`${positives} positive and ${negatives} negative items`);
  const steps: ScoreStep[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  order.forEach((item, rank) => {
    if (at(labels, item) === 1) truePositives++;
    else falsePositives++;
    const score = at(scores, item);
    const next = order[rank + 1];
    const lower = next === undefined ? null : at(scores, next);
    if (lower !== score)
      steps.push({ score, lower, truePositives, falsePositives, positives, negatives });
  });
  return steps;
};

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** TP / (TP + FP), 0 where nothing is predicted positive. */
export const precision = ({ truePositives, falsePositives }: Cells): number =>
  share(truePositives, truePositives + falsePositives);
const sensitivity = ({ truePositives, positives }: Cells): number =>
  share(truePositives, positives);
const specificity = ({ falsePositives, negatives }: Cells): number =>
  negatives === 0 ? 0 : 1 - falsePositives / negatives;

/** What a threshold can be chosen for, larger is better; one row a metric. */
export const thresholdMetrics = {
  f1: (cells: Cells) =>
    share(2 * cells.truePositives, cells.positives + cells.truePositives + cells.falsePositives),
  balancedAccuracy: (cells: Cells) => (sensitivity(cells) + specificity(cells)) / 2,
  gMean: (cells: Cells) => Math.sqrt(sensitivity(cells) * specificity(cells)),
  recall: sensitivity,
} as const;
