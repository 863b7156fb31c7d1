import { recallScores, type RecallScores } from '../../methods/metrics';
import { at, sum } from '../../methods/numbers';
import {
  classThresholdOffsets,
  itemsNeededToTune,
  mostRounds,
  rivalsOf,
  searchOffsets,
  thresholdsOfOffsets,
  type ClassItems,
  type Rivalry,
} from '../../methods/posthoc';
import { correctionFor, targetShares, type BenchSetting, type TargetPrior } from './setting';
import type { BenchModel } from './slide';

/** What thresholds of classes are judged by: the accuracy expected under the target comes first. */
export const classMeasures = ['expected', 'macro-f1', 'accuracy'] as const;
export type ClassMeasure = (typeof classMeasures)[number];

export const judgeClasses =
  (measure: ClassMeasure) =>
  ({ expectedAccuracy, macroF1, accuracy }: RecallScores): number =>
    measure === 'expected' ? expectedAccuracy : measure === 'macro-f1' ? macroF1 : accuracy;

/** Validation items of each class [C]. */
const supportOf = ({ labels, classNames }: BenchModel): Float64Array => {
  const support = new Float64Array(classNames.length);
  for (const label of labels) support[label] = at(support, label) + 1;
  return support;
};

/** Classes that have the validation items which a choice asks for [C]. */
export const choosable = (model: BenchModel): readonly boolean[] => {
  const support = supportOf(model);
  return model.trainCounts.map((count, j) => count > 0 && at(support, j) >= itemsNeededToTune);
};

/** The measure as a sum over the classes. */
const termOf = (
  model: BenchModel,
  measure: ClassMeasure,
  prior: TargetPrior,
): ClassItems['term'] => {
  const support = supportOf(model);
  const present = support.map((count) => (count > 0 ? 1 : 0));
  const classes = sum(present);
  if (measure === 'accuracy') return (_, right) => right / model.labels.length;
  if (measure === 'macro-f1')
    return (j, right, given) =>
      at(present, j) === 0 ? 0 : (2 * right) / (at(support, j) + given) / classes;
  const shares = targetShares(prior, model) ?? present;
  const whole = sum(shares.map((share, j) => share * at(present, j)));
  return (j, right) =>
    at(present, j) === 0 ? 0 : (at(shares, j) * right) / (at(support, j) * whole);
};

/** As a config shows them. */
const rounded = (threshold: number): number => Number(threshold.toPrecision(4));

const offsetsOf = (model: BenchModel, setting: BenchSetting): Float64Array =>
  correctionFor(setting, model)?.offsets ?? new Float64Array(model.classNames.length);

/**
 * The best thresholds found on validation by turns over the classes, from what theory gives for the
 * target and from the model as it is; classes with fewer than 20 items stay where those put them.
 * Gives way after every class, with the share that is done.
 */
export const searchThresholds = function* (
  model: BenchModel,
  measure: ClassMeasure,
  prior: TargetPrior,
): Generator<number, readonly number[]> {
  const { logits, labels } = model;
  const items = { logits, labels, term: termOf(model, measure, prior) };
  const free = choosable(model);
  const theory = offsetsOf(model, { kind: 'logit-adjustment', tau: 1, prior });
  const starts = free.includes(true) ? [theory, offsetsOf(model, { kind: 'none' })] : [theory];
  let best = { offsets: theory, value: -Infinity };
  for (const [turn, start] of starts.entries()) {
    const search = searchOffsets(items, start, free);
    const classes = free.filter(Boolean).length;
    for (let seen = 0; ; seen++) {
      const next = search.next();
      if (next.done === true) {
        if (next.value.value > best.value + 1e-12) best = next.value;
        break;
      }
      yield (turn + seen / (mostRounds * classes)) / starts.length;
    }
  }
  return Array.from(thresholdsOfOffsets(best.offsets), rounded);
};

/** A place of one class's slider while the others stand. */
export interface ClassPoint {
  readonly value: number;
  readonly scores: RecallScores;
  /** null where no item is of the class, and where none was given it. */
  readonly recall: number | null;
  readonly precision: number | null;
}

/** A place with the scores there. */
export const classPoint = (value: number, own: number, scores: RecallScores): ClassPoint => {
  const { recalls, support, predicted } = scores;
  const [items, given] = [at(support, own), at(predicted, own)];
  return {
    value,
    scores,
    recall: items === 0 ? null : at(recalls, own),
    precision: given === 0 ? null : items === 0 ? 0 : (at(recalls, own) * items) / given,
  };
};

/** What decides about one class under these thresholds [C] of the others. */
export const rivalry = (model: BenchModel, thresholds: readonly number[], own: number): Rivalry =>
  rivalsOf(model.logits, offsetsOf(model, { kind: 'class-thresholds', thresholds }), own);

/** What each threshold of the class comes to. */
export const classPoints = (
  model: BenchModel,
  own: number,
  { rivals, margins }: Rivalry,
  options: { readonly values: readonly number[]; readonly prior: TargetPrior },
): readonly ClassPoint[] => {
  const { values, prior } = options;
  const { labels, assignment, trainCounts } = model;
  const shares = targetShares(prior, model) ?? undefined;
  const offsets = classThresholdOffsets(values);
  return values.map((value, place) => {
    const offset = (trainCounts[own] ?? 0) > 0 ? at(offsets, place) : -Infinity;
    const guesses = rivals.map((rival, i) => (offset > at(margins, i) ? own : rival));
    return classPoint(value, own, recallScores(labels, guesses, { assignment, shares }));
  });
};
