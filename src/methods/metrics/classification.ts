import type { Band } from '../../profile/types';
import { at, map, mean, sum } from '../numbers';
import type { Numbers } from '../numbers';
import type { Confusion } from './confusion';

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Recall of each class [C]; 0 where the class has no item. */
export const recalls = (k: Confusion): Float64Array =>
  map(k.correct, (n, j) => ratio(n, at(k.support, j)));

/** Precision of each class [C]; 0 where the class is never predicted. */
export const precisions = (k: Confusion): Float64Array =>
  map(k.correct, (n, j) => ratio(n, at(k.predicted, j)));

/** F1 of each class [C], 2 TP / (items + predictions); 0 where both are 0. */
export const f1Scores = (k: Confusion): Float64Array =>
  map(k.correct, (n, j) => ratio(2 * n, at(k.support, j) + at(k.predicted, j)));

/** The values of the classes that have items. */
export const ofPresent = (k: Confusion, values: Numbers): number[] =>
  Array.from(values).filter((_, j) => at(k.support, j) > 0);

export const accuracy = (k: Confusion): number => ratio(sum(k.correct), k.items);

/** Mean recall over the classes that have items: macro recall; chance is 1 / C. */
export const balancedAccuracy = (k: Confusion): number => mean(ofPresent(k, recalls(k)));

/**
 * Geometric mean of the recalls of the classes that have items, in log space; 0 if any recall is
 * 0. A correction above 0 replaces only zero recalls.
 */
export const gMean = (k: Confusion, correction = 0): number => {
  const values = ofPresent(k, recalls(k)).map((r) => (r === 0 ? correction : r));
  return values.includes(0) ? 0 : Math.exp(mean(values.map(Math.log)));
};

/** Harmonic mean of the recalls of the classes that have items; 0 if any recall is 0. */
export const harmonicMeanRecall = (k: Confusion): number => {
  const values = ofPresent(k, recalls(k));
  return values.includes(0) ? 0 : 1 / mean(values.map((r) => 1 / r));
};

/** The class with the lowest recall among those with items, the first on a tie; null without items. */
export const worstClass = (
  k: Confusion,
): { readonly position: number; readonly recall: number } | null => {
  const values = recalls(k);
  let position = -1;
  for (let j = 0; j < k.classes; j++)
    if (at(k.support, j) > 0 && (position < 0 || at(values, j) < at(values, position)))
      position = j;
  return position < 0 ? null : { position, recall: at(values, position) };
};

/** Matthews correlation for any number of classes (Gorodkin 2004); 0 where it is 0 / 0. */
export const matthews = (k: Confusion): number => {
  const n = k.items;
  const agreed = sum(k.correct) * n - sum(map(k.support, (s, j) => s * at(k.predicted, j)));
  const spreadTrue = n * n - sum(map(k.support, (s) => s * s));
  const spreadPredicted = n * n - sum(map(k.predicted, (p) => p * p));
  return ratio(agreed, Math.sqrt(spreadTrue * spreadPredicted));
};

/** Cohen's kappa; 0 where it is 0 / 0. */
export const kappa = (k: Confusion): number => {
  const expected = sum(map(k.support, (s, j) => s * at(k.predicted, j))) / (k.items * k.items);
  return ratio(accuracy(k) - expected, 1 - expected);
};

export interface BandRecall {
  /** Mean recall of the band's classes that have items; null for none. */
  readonly recall: number | null;
  /** Share of the band's items predicted right; null for none. */
  readonly itemAccuracy: number | null;
  /** Classes in the band, with items or not. */
  readonly classes: number;
}

/** Recall of one band of classes; `assignment` is [C]. */
export const bandRecall = (k: Confusion, assignment: readonly Band[], band: Band): BandRecall => {
  const own = assignment.flatMap((b, j) => (b === band ? [j] : []));
  const scored = own.filter((j) => at(k.support, j) > 0);
  const values = recalls(k);
  const items = scored.reduce((total, j) => total + at(k.support, j), 0);
  const right = scored.reduce((total, j) => total + at(k.correct, j), 0);
  return {
    recall: scored.length === 0 ? null : mean(scored.map((j) => at(values, j))),
    itemAccuracy: items === 0 ? null : right / items,
    classes: own.length,
  };
};
