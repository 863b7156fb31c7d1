import { at, sigmoid } from '../numbers';
import type { Numbers } from '../numbers';
import { bestThreshold } from './threshold';
import type { ThresholdObjective } from './threshold';

/** What a threshold is chosen for. */
export type ThresholdRule =
  | { readonly kind: 'objective'; readonly objective: ThresholdObjective }
  /** The least total cost of false positives and false negatives. */
  | { readonly kind: 'costs'; readonly falsePositive: number; readonly falseNegative: number }
  /** The most positives found among thresholds whose precision is at least the floor. */
  | { readonly kind: 'precision'; readonly floor: number };

/** How much one item of each kind stands for where classes will be met in other shares; 1 and 1 for none. */
export interface ItemWeights {
  readonly positive: number;
  readonly negative: number;
}

export interface ChosenThreshold {
  /** Predict 1 where score >= threshold; Infinity where predicting no positive is best. */
  readonly threshold: number;
  /** The objective, the mean cost of an item, or the precision, on the items it was chosen on. */
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

const byCosts = (
  scores: Numbers,
  labels: Numbers,
  costs: { readonly falsePositive: number; readonly falseNegative: number },
  weights: ItemWeights,
): ChosenThreshold => {
  const all = steps(scores, labels);
  const positives = all.at(-1)?.truePositives ?? 0;
  const negatives = all.at(-1)?.falsePositives ?? 0;
  const weight = weights.positive * positives + weights.negative * negatives;
  const cost = ({ truePositives, falsePositives }: Step): number =>
    (costs.falsePositive * weights.negative * falsePositives +
      costs.falseNegative * weights.positive * (positives - truePositives)) /
    weight;
  const best = all.reduce((least, step) => (cost(step) < cost(least) ? step : least));
  return { threshold: best.threshold, value: cost(best) };
};

const byPrecision = (
  scores: Numbers,
  labels: Numbers,
  floor: number,
  weights: ItemWeights,
): ChosenThreshold | null => {
  const precision = ({ truePositives, falsePositives }: Step): number => {
    const right = weights.positive * truePositives;
    return right / (right + weights.negative * falsePositives);
  };
  // A rounding must not cost a threshold that meets the floor exactly.
  const fits = steps(scores, labels).filter(
    (step) => step.truePositives > 0 && precision(step) >= floor - 1e-12,
  );
  const best = fits.reduce<Step | null>(
    (most, step) => (most === null || step.truePositives > most.truePositives ? step : most),
    null,
  );
  return best === null ? null : { threshold: best.threshold, value: precision(best) };
};

/**
 * The threshold of a binary score that serves the rule best on these items, half way between the
 * two scores it parts. `labels` are 0 or 1. `weights` (for costs and precision) let the items stand
 * for other class shares than their own. null where no threshold reaches the precision floor.
 * Choose on validation items only. Throws RangeError unless there are items of both classes.
 */
export const chooseThreshold = (
  scores: Numbers,
  labels: Numbers,
  rule: ThresholdRule,
  weights: ItemWeights = evenWeights,
): ChosenThreshold | null => {
  if (rule.kind === 'objective') {
    const { bestIntervals, bestValue } = bestThreshold(scores, labels, rule.objective);
    // Of several equals the middle one: the farthest from where the value drops.
    const [low, high] = bestIntervals[Math.floor(bestIntervals.length / 2)] ?? [NaN, NaN];
    const middle = low + (high - low) / 2;
    return { threshold: middle > low ? middle : high, value: bestValue };
  }
  const positives = Array.from(labels).filter((label) => label === 1).length;
  if (positives === 0 || positives === labels.length)
    throw new RangeError(`${positives} positive items of ${labels.length}`);
  return rule.kind === 'costs'
    ? byCosts(scores, labels, rule, weights)
    : byPrecision(scores, labels, rule.floor, weights);
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
