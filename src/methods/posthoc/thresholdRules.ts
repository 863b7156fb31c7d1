import { at, sigmoid } from '../numbers';
import type { Numbers } from '../numbers';
import { precision, scoreSteps, thresholdMetrics, type Cells, type ScoreStep } from './scoreSteps';
import type { ThresholdObjective } from './threshold';

/** What a threshold is chosen for: what it makes best, and how precise it must be. */
export interface ThresholdRule {
  /** `recall` needs a floor: without one the lowest threshold is always best. */
  readonly metric: ThresholdObjective | 'recall' | 'cost';
  /** With `cost`: what one of each mistake costs; right decisions cost nothing. */
  readonly costs?: { readonly falsePositive: number; readonly falseNegative: number };
  /** Thresholds with less precision than this are left out. */
  readonly precisionFloor?: number;
}

/** How much one item of each kind stands for where classes will be met in other shares; 1 and 1 for none. */
export interface ItemWeights {
  readonly positive: number;
  readonly negative: number;
}

export interface ChosenThreshold {
  /** Predict 1 where score >= threshold; Infinity where predicting no positive is best. */
  readonly threshold: number;
  /** The metric (the mean cost of an item for `cost`) on the items it was chosen on. */
  readonly value: number;
}

const evenWeights: ItemWeights = { positive: 1, negative: 1 };

/** Half way to the next lower score, where it parts the two: rounding may give either of them. */
const between = ({ score, lower }: ScoreStep): number => {
  if (lower === null) return score;
  const middle = score + (lower - score) / 2;
  return middle > lower ? middle : score;
};

const costOf = (
  { truePositives, falsePositives, positives, negatives }: Cells,
  costs: NonNullable<ThresholdRule['costs']>,
): number =>
  (costs.falsePositive * falsePositives + costs.falseNegative * (positives - truePositives)) /
  (positives + negatives);

/**
 * The threshold of a binary score that serves the rule best on these items, half way between the
 * two scores it parts; of several equals the middle one, the farthest from where the value drops.
 * `labels` are 0 or 1. `weights` let the items stand for other class shares than their own. Only
 * costs may be least where no positive is predicted at all. null where no threshold reaches the
 * precision floor. Choose on validation items only. Throws RangeError unless there are items of
 * both classes, and for `cost` without costs.
 */
export const chooseThreshold = (
  scores: Numbers,
  labels: Numbers,
  rule: ThresholdRule,
  weights: ItemWeights = evenWeights,
): ChosenThreshold | null => {
  const { metric, costs, precisionFloor = 0 } = rule;
  if (metric === 'cost' && costs === undefined) throw new RangeError('no costs');
  if (!(weights.positive > 0 && weights.negative > 0))
    throw new RangeError('a class without weight');
  const weigh = (cells: Cells): Cells => ({
    truePositives: weights.positive * cells.truePositives,
    falsePositives: weights.negative * cells.falsePositives,
    positives: weights.positive * cells.positives,
    negatives: weights.negative * cells.negatives,
  });
  const steps = scoreSteps(scores, labels);
  const tried = steps.flatMap((step) => {
    const cells = weigh(step);
    // A rounding must not cost a threshold that meets the floor exactly.
    if (precision(cells) < precisionFloor - 1e-12) return [];
    const value = costs !== undefined && metric === 'cost' ? -costOf(cells, costs) : NaN;
    return [
      {
        threshold: between(step),
        value: metric === 'cost' ? value : thresholdMetrics[metric](cells),
      },
    ];
  });
  const [first] = steps;
  if (metric === 'cost' && costs !== undefined && precisionFloor === 0 && first !== undefined) {
    const nobody = { ...weigh(first), truePositives: 0, falsePositives: 0 };
    tried.unshift({ threshold: Infinity, value: -costOf(nobody, costs) });
  }
  const best = tried.reduce((most, { value }) => Math.max(most, value), -Infinity);
  const equals = tried.filter(({ value }) => value >= best - 1e-12);
  const chosen = equals[Math.floor(equals.length / 2)];
  if (chosen === undefined) return null;
  const { threshold, value } = chosen;
  return { threshold, value: metric === 'cost' ? -value : value };
};

/** The positive class of two: the rarer one, the second on a tie. */
export const positiveOf = ([first = 0, second = 0]: readonly number[]): 0 | 1 =>
  first < second ? 0 : 1;

/** Probability of the positive class of two from logits [rows][2]. */
export const positiveProbabilities = (logits: Numbers, positive: 0 | 1): Float64Array =>
  Float64Array.from({ length: logits.length / 2 }, (_, row) =>
    sigmoid(at(logits, 2 * row + positive) - at(logits, 2 * row + 1 - positive)),
  );

/**
 * Offsets [2] that make argmax predict the positive class where its probability reaches the
 * threshold: log((1 - t) / t) on it. -Infinity for a threshold above 1: it is never predicted.
 */
export const thresholdOffsets = (threshold: number, positive: 0 | 1): Float64Array => {
  const offsets = new Float64Array(2);
  offsets[positive] =
    threshold >= 1 ? -Infinity : Math.log1p(-threshold) - Math.log(Math.max(threshold, 1e-300));
  return offsets;
};
