import type { Random } from '../../common/random';
import type { Band } from '../../profile/types';
import type { BandScore, Scores, SingleLabelScores } from '../../report/types';
import { at, mean } from '../numbers';
import type { Numbers } from '../numbers';
import { topOfRows } from '../softmax';
import { calibrationOfConfidences } from './calibration';
import {
  accuracy,
  balancedAccuracy,
  bandRecall,
  f1Scores,
  gMean,
  matthews,
  ofPresent,
  precisions,
  recalls,
  worstClass,
} from './classification';
import { confusionMatrix, confusionRows } from './confusion';
import type { Confusion } from './confusion';
import { balancedAccuracyInterval } from './interval';
import { auroc, averagePrecision, oneVersusRest } from './ranking';

export interface ScoredSplit {
  readonly classNames: readonly string[];
  /** Training counts [C], the report's; they pick the positive class of two. */
  readonly trainCounts: Numbers;
  readonly assignment: readonly Band[];
  /** Class positions [items]. */
  readonly labels: Numbers;
  /** Row-major [items][C], after any post-hoc correction; argmax predicts. */
  readonly logits: Numbers;
}

export interface ScoreOptions {
  readonly random: Random;
  readonly resamples?: number;
}

const bandScore = (k: Confusion, assignment: readonly Band[], band: Band): BandScore => {
  const { recall, classes } = bandRecall(k, assignment, band);
  return { recall, classes };
};

/** Ranked by z1 - z0: the order of the probabilities without their ties at 0 and 1. */
const binaryScores = (split: ScoredSplit, k: Confusion): Scores['binary'] => {
  if (k.classes !== 2) return null;
  const positive = at(split.trainCounts, 0) < at(split.trainCounts, 1) ? 0 : 1;
  const labels = oneVersusRest(split.labels, positive);
  const margins = Float64Array.from(split.labels, (_, row) => {
    const own = at(split.logits, 2 * row + positive);
    const other = at(split.logits, 2 * row + 1 - positive);
    return own === other ? 0 : own - other;
  });
  const area = auroc(margins, labels);
  const precision = averagePrecision(margins, labels);
  if (area === null || precision === null) return null;
  return { auroc: area, averagePrecision: precision, mcc: matthews(k) };
};

/**
 * Every score of one setting on one split of items with one label each. Means over classes (balanced accuracy, macro-F1,
 * G-mean, bands) leave out classes without items in the split, whose recall is null. Of two
 * classes the rarer in training is the positive one; without items of both, `binary` is null.
 * Throws RangeError when there is no item to score or the shapes disagree.
 */
export const scorePredictions = (split: ScoredSplit, options: ScoreOptions): SingleLabelScores => {
  const classes = split.classNames.length;
  const items = split.labels.length;
  if (items === 0) throw new RangeError('no item to score');
  if (split.logits.length !== items * classes || split.assignment.length !== classes)
    throw new RangeError(`${split.logits.length} logits for ${items} items, ${classes} classes`);
  const guesses = topOfRows(split.logits, classes);
  const k = confusionMatrix(split.labels, guesses.predictions, classes);
  const recall = recalls(k);
  const precision = precisions(k);
  const worst = worstClass(k);
  return {
    samples: items,
    accuracy: accuracy(k),
    balancedAccuracy: balancedAccuracy(k),
    balancedAccuracyInterval: balancedAccuracyInterval(k.correct, k.support, options),
    macroF1: mean(ofPresent(k, f1Scores(k))),
    gMean: gMean(k),
    worstClass: worst && { name: split.classNames[worst.position] ?? '', recall: worst.recall },
    many: bandScore(k, split.assignment, 'many'),
    medium: bandScore(k, split.assignment, 'medium'),
    few: bandScore(k, split.assignment, 'few'),
    classes: split.classNames.map((name, j) => ({
      name,
      trainCount: at(split.trainCounts, j),
      testCount: at(k.support, j),
      recall: at(k.support, j) > 0 ? at(recall, j) : null,
      precision: at(k.predicted, j) > 0 ? at(precision, j) : null,
    })),
    confusion: confusionRows(k),
    ece: calibrationOfConfidences(guesses, split.labels).ece,
    binary: binaryScores(split, k),
  };
};
