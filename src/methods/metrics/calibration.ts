import { argMax, at, map, sum } from '../numbers';
import type { Numbers } from '../numbers';

export interface Calibration {
  /** Expected calibration error: sum of (items in bin / items) |accuracy - confidence|, in [0, 1]. */
  readonly ece: number;
  /** The largest gap of a bin with items. */
  readonly mce: number;
  readonly binCounts: Float64Array;
  /** 0 for a bin without items. */
  readonly binAccuracy: Float64Array;
  readonly binConfidence: Float64Array;
}

/**
 * Calibration of confidences [items] in equal bins (low, high]: a confidence of exactly 0 falls in
 * none. Guo et al., ICML 2017, equation 3.
 */
export const calibrationOfConfidences = (
  guesses: { readonly predictions: Numbers; readonly confidences: Numbers },
  labels: Numbers,
  bins = 15,
): Calibration => {
  const binCounts = new Float64Array(bins);
  const right = new Float64Array(bins);
  const confidence = new Float64Array(bins);
  for (let row = 0; row < labels.length; row++) {
    const top = at(guesses.confidences, row);
    if (!(top > 0)) continue;
    const bin = rightClosedBin(top, bins);
    binCounts[bin] = at(binCounts, bin) + 1;
    confidence[bin] = at(confidence, bin) + top;
    if (at(guesses.predictions, row) === at(labels, row)) right[bin] = at(right, bin) + 1;
  }
  const perItem = (totals: Numbers): Float64Array =>
    map(totals, (total, b) => (at(binCounts, b) === 0 ? 0 : total / at(binCounts, b)));
  const binAccuracy = perItem(right);
  const binConfidence = perItem(confidence);
  const gaps = map(binAccuracy, (value, b) => Math.abs(value - at(binConfidence, b)));
  return {
    ece: sum(map(gaps, (gap, b) => gap * at(binCounts, b))) / labels.length,
    mce: gaps.reduce((most, gap) => Math.max(most, gap), 0),
    binCounts,
    binAccuracy,
    binConfidence,
  };
};

/** Calibration of the largest of each row of probabilities [items][classes]. */
export const calibration = (
  probabilities: Numbers,
  labels: Numbers,
  classes: number,
  bins = 15,
): Calibration => {
  const predictions = Int32Array.from(labels, (_, row) =>
    argMax(probabilities, row * classes, (row + 1) * classes),
  );
  const confidences = map(predictions, (guess, row) => at(probabilities, row * classes + guess));
  return calibrationOfConfidences({ predictions, confidences }, labels, bins);
};

/** The bin b with b / bins < value <= (b + 1) / bins; edges compared as the same quotients. */
const rightClosedBin = (value: number, bins: number): number => {
  let bin = Math.min(bins - 1, Math.max(0, Math.ceil(value * bins) - 1));
  while (bin > 0 && value <= bin / bins) bin--;
  while (bin < bins - 1 && value > (bin + 1) / bins) bin++;
  return bin;
};

/** Mean negative log probability of the labels, in nats. */
export const negativeLogLikelihood = (
  probabilities: Numbers,
  labels: Numbers,
  classes: number,
): number =>
  -sum(map(labels, (label, row) => Math.log(at(probabilities, row * classes + label)))) /
  labels.length;

/** Brier score: squared distance to the one-hot label, summed over classes, mean over items. */
export const brierScore = (probabilities: Numbers, labels: Numbers, classes: number): number =>
  sum(
    map(
      probabilities,
      (p, i) => (p - (i % classes === at(labels, Math.floor(i / classes)) ? 1 : 0)) ** 2,
    ),
  ) / labels.length;

/** Share of the items whose label is among the k largest scores; ties go to the lower class. */
export const topKAccuracy = (
  scores: Numbers,
  labels: Numbers,
  classes: number,
  k: number,
): number => {
  let hits = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = at(labels, row);
    const own = at(scores, row * classes + label);
    let ahead = 0;
    for (let j = 0; j < classes; j++) {
      const other = at(scores, row * classes + j);
      if (other > own || (other === own && j < label)) ahead++;
    }
    if (ahead < k) hits++;
  }
  return hits / labels.length;
};
