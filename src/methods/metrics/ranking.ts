import { at } from '../numbers';
import type { Numbers } from '../numbers';

/** One step of the sorted scores: everything at or above the threshold, ties taken together. */
export interface RankingStep {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** Cumulative counts from the largest score down; `labels` are 1 for positive, else negative. */
export const rankingSteps = (scores: Numbers, labels: Numbers): RankingStep[] => {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => at(scores, b) - at(scores, a));
  const steps: RankingStep[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  order.forEach((item, rank) => {
    if (at(labels, item) === 1) truePositives++;
    else falsePositives++;
    const next = order[rank + 1];
    if (next === undefined || at(scores, next) !== at(scores, item))
      steps.push({ threshold: at(scores, item), truePositives, falsePositives });
  });
  return steps;
};

/**
 * Area under the ROC curve: the share of (positive, negative) pairs ranked right, a tie counting
 * half. Null without a positive or a negative.
 */
export const auroc = (scores: Numbers, labels: Numbers): number | null => {
  const steps = rankingSteps(scores, labels);
  const last = steps.at(-1);
  if (!last || last.truePositives === 0 || last.falsePositives === 0) return null;
  let area = 0;
  let hits = 0;
  let misses = 0;
  for (const step of steps) {
    area += ((step.falsePositives - misses) * (step.truePositives + hits)) / 2;
    hits = step.truePositives;
    misses = step.falsePositives;
  }
  return area / (last.truePositives * last.falsePositives);
};

/** Average precision, the step sum of precision over recall, no interpolation. Null without a positive. */
export const averagePrecision = (scores: Numbers, labels: Numbers): number | null => {
  const steps = rankingSteps(scores, labels);
  const positives = steps.at(-1)?.truePositives ?? 0;
  if (positives === 0) return null;
  let total = 0;
  let hits = 0;
  for (const step of steps) {
    const gained = step.truePositives - hits;
    total += (gained * step.truePositives) / (step.truePositives + step.falsePositives);
    hits = step.truePositives;
  }
  return total / positives;
};

/** Points of the ROC curve from (0, 0) at threshold Infinity, one per distinct score. */
export const rocCurve = (
  scores: Numbers,
  labels: Numbers,
): { readonly fpr: number[]; readonly tpr: number[]; readonly thresholds: number[] } => {
  const steps = rankingSteps(scores, labels);
  const last = steps.at(-1);
  const all = [{ threshold: Infinity, truePositives: 0, falsePositives: 0 }, ...steps];
  return {
    fpr: all.map((step) => step.falsePositives / (last?.falsePositives ?? 0)),
    tpr: all.map((step) => step.truePositives / (last?.truePositives ?? 0)),
    thresholds: all.map((step) => step.threshold),
  };
};

/** 1 where the label is `positive`, else 0. */
export const oneVersusRest = (labels: Numbers, positive: number): Uint8Array =>
  Uint8Array.from(labels, (label) => (label === positive ? 1 : 0));

/** Column of a row-major matrix [rows][columns]. */
export const column = (matrix: Numbers, columns: number, index: number): Float64Array => {
  const result = new Float64Array(matrix.length / columns);
  for (let row = 0; row < result.length; row++) result[row] = at(matrix, row * columns + index);
  return result;
};

/**
 * Mean AUROC over ordered class pairs (i, j): items of i and j only, scored by the column of i
 * (Hand and Till 2001). Null where a pair lacks items.
 */
export const aurocOneVersusOne = (
  probabilities: Numbers,
  labels: Numbers,
  classes: number,
): number | null => {
  let total = 0;
  let pairs = 0;
  for (let i = 0; i < classes; i++)
    for (let j = 0; j < classes; j++) {
      if (i === j) continue;
      const rows = Array.from(labels, (label, row) =>
        label === i || label === j ? row : -1,
      ).filter((row) => row >= 0);
      const area = auroc(
        rows.map((row) => at(probabilities, row * classes + i)),
        rows.map((row) => (at(labels, row) === i ? 1 : 0)),
      );
      if (area === null) return null;
      total += area;
      pairs++;
    }
  return pairs === 0 ? null : total / pairs;
};
