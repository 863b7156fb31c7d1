import { at, sigmoid } from '../numbers';
import type { Numbers } from '../numbers';
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

interface Step {
  /** Between this score and the next lower one every threshold predicts the same. */
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** Cumulative counts from no positive prediction down to all; thresholds half way to the next score. */
const steps = (scores: Numbers, labels: Numbers): Step[] => {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => at(scores, b) - at(scores, a));
  const found: Step[] = [{ threshold: Infinity, truePositives: 0, falsePositives: 0 }];
  let truePositives = 0;
  let falsePositives = 0;
  order.forEach((item, rank) => {
    if (at(labels, item) === 1) truePositives++;
    else falsePositives++;
    const score = at(scores, item);
    const next = order[rank + 1];
    const lower = next === undefined ? score : at(scores, next);
    if (next !== undefined && lower === score) return;
    // Half way may round up to the score itself, or down to the lower one, which would let it in.
    const middle = score + (lower - score) / 2;
    const threshold = middle > lower ? middle : score;
    found.push({ threshold, truePositives, falsePositives });
  });
  return found;
};

/** Weighed counts of a threshold, and of all items. */
interface Cells {
  readonly hits: number;
  readonly falseAlarms: number;
  readonly positives: number;
  readonly negatives: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const sensitivity = ({ hits, positives }: Cells): number => share(hits, positives);
const specificity = ({ falseAlarms, negatives }: Cells): number =>
  1 - share(falseAlarms, negatives);
const precision = ({ hits, falseAlarms }: Cells): number => share(hits, hits + falseAlarms);

/** One row a metric, larger is better. */
const values: Readonly<Record<Exclude<ThresholdRule['metric'], 'cost'>, (cells: Cells) => number>> =
  {
    f1: (cells) => share(2 * cells.hits, cells.positives + cells.hits + cells.falseAlarms),
    balancedAccuracy: (cells) => (sensitivity(cells) + specificity(cells)) / 2,
    gMean: (cells) => Math.sqrt(sensitivity(cells) * specificity(cells)),
    recall: sensitivity,
  };

const costOf = (
  { hits, falseAlarms, positives, negatives }: Cells,
  costs: NonNullable<ThresholdRule['costs']>,
): number =>
  (costs.falsePositive * falseAlarms + costs.falseNegative * (positives - hits)) /
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
  const all = steps(scores, labels);
  const last = all.at(-1);
  const positives = weights.positive * (last?.truePositives ?? 0);
  const negatives = weights.negative * (last?.falsePositives ?? 0);
  if (!(positives > 0 && negatives > 0))
    throw new RangeError(`${positives} positive and ${negatives} negative items`);
  if (metric === 'cost' && costs === undefined) throw new RangeError('no costs');
  const tried = all.flatMap(({ threshold, truePositives, falsePositives }) => {
    const cells: Cells = {
      hits: weights.positive * truePositives,
      falseAlarms: weights.negative * falsePositives,
      positives,
      negatives,
    };
    const none = threshold === Infinity;
    if (none && (metric !== 'cost' || precisionFloor > 0)) return [];
    // A rounding must not cost a threshold that meets the floor exactly.
    if (!none && precision(cells) < precisionFloor - 1e-12) return [];
    const cost = costs === undefined ? NaN : costOf(cells, costs);
    return [{ threshold, value: metric === 'cost' ? -cost : values[metric](cells) }];
  });
  const best = tried.reduce((most, { value }) => Math.max(most, value), -Infinity);
  const equals = tried.filter(({ value }) => value >= best - 1e-12);
  const chosen = equals[Math.floor(equals.length / 2)];
  if (chosen === undefined) return null;
  const { threshold, value } = chosen;
  return { threshold, value: metric === 'cost' ? -value : value };
};

/**
 * The threshold on a calibrated probability that costs least: falsePositive / (falsePositive +
 * falseNegative). Right decisions cost nothing. Elkan, IJCAI 2001, equation 2.
 */
export const costThreshold = (costs: {
  readonly falsePositive: number;
  readonly falseNegative: number;
}): number => costs.falsePositive / (costs.falsePositive + costs.falseNegative);

/**
 * The class of least expected cost for each row of probabilities [rows][C], the lowest on a tie.
 * `costs` is [predicted][true], row-major. Elkan, IJCAI 2001, equation 1.
 */
export const cheapestClasses = (
  probabilities: Numbers,
  classes: number,
  costs: Numbers,
): Int32Array => {
  const result = new Int32Array(probabilities.length / classes);
  for (let row = 0; row < result.length; row++) {
    let least = Infinity;
    for (let predicted = 0; predicted < classes; predicted++) {
      let cost = 0;
      for (let j = 0; j < classes; j++)
        cost += at(costs, predicted * classes + j) * at(probabilities, row * classes + j);
      if (cost >= least) continue;
      least = cost;
      result[row] = predicted;
    }
  }
  return result;
};

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
