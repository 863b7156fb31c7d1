import type { Band } from '../../profile/types';
import { at } from '../numbers';
import type { Numbers } from '../numbers';

/** Scores that need no matrix of confusions: of predictions that change while a slider moves. */
export interface RecallScores {
  readonly items: number;
  readonly accuracy: number;
  /** Mean recall over the classes that have items; NaN without any. */
  readonly balancedAccuracy: number;
  /** Accuracy where classes come in the shares asked for: recalls weighed by them; NaN for none. */
  readonly expectedAccuracy: number;
  readonly macroF1: number;
  /** Geometric mean of the recalls; 0 if any is 0. */
  readonly gMean: number;
  /** Mean recall of a band's classes that have items; null for none. */
  readonly bands: Readonly<Record<Band, number | null>>;
  /** The class of the lowest recall, the first on a tie; null without items. */
  readonly worst: { readonly position: number; readonly recall: number } | null;
  /** Recall of each class [C]; NaN without items. */
  readonly recalls: Float64Array;
  /** Items of each class, and items predicted as it [C]. */
  readonly support: Float64Array;
  readonly predicted: Float64Array;
}

export interface RecallOptions {
  /** [C]. */
  readonly assignment: readonly Band[];
  /** Class shares the model will meet [C]; even where absent. */
  readonly shares?: Numbers | undefined;
}

/** Sums of one pass over the classes. */
interface Sums {
  value: number;
  weight: number;
}

const meanOf = ({ value, weight }: Sums): number => (weight === 0 ? NaN : value / weight);

/** Scores of predictions [items] against labels [items], in time items + classes. */
export const recallScores = (
  labels: Int32Array,
  predictions: Int32Array,
  { assignment, shares }: RecallOptions,
): RecallScores => {
  const classes = assignment.length;
  const support = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  const correct = new Float64Array(classes);
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    const guess = predictions[i] ?? 0;
    support[label] = (support[label] ?? 0) + 1;
    predicted[guess] = (predicted[guess] ?? 0) + 1;
    if (label !== guess) continue;
    right++;
    correct[label] = (correct[label] ?? 0) + 1;
  }
  const recalls = new Float64Array(classes).fill(NaN);
  const all: Sums = { value: 0, weight: 0 };
  const expected: Sums = { value: 0, weight: 0 };
  const f1: Sums = { value: 0, weight: 0 };
  const logs: Sums = { value: 0, weight: 0 };
  const bands = {
    many: { value: 0, weight: 0 },
    medium: { value: 0, weight: 0 },
    few: { value: 0, weight: 0 },
  };
  let worst: RecallScores['worst'] = null;
  for (let j = 0; j < classes; j++) {
    const items = at(support, j);
    if (items === 0) continue;
    const recall = at(correct, j) / items;
    recalls[j] = recall;
    const share = shares === undefined ? 1 : at(shares, j);
    const add = (sums: Sums, value: number, weight = 1): void => {
      sums.value += value * weight;
      sums.weight += weight;
    };
    add(all, recall);
    add(expected, recall, share);
    add(f1, (2 * at(correct, j)) / (items + at(predicted, j)));
    add(logs, Math.log(recall));
    add(bands[assignment[j] ?? 'medium'], recall);
    if (worst === null || recall < worst.recall) worst = { position: j, recall };
  }
  const orNull = (sums: Sums): number | null => (sums.weight === 0 ? null : meanOf(sums));
  return {
    items: labels.length,
    accuracy: labels.length === 0 ? NaN : right / labels.length,
    balancedAccuracy: meanOf(all),
    expectedAccuracy: meanOf(expected),
    macroF1: meanOf(f1),
    gMean: Math.exp(meanOf(logs)),
    bands: { many: orNull(bands.many), medium: orNull(bands.medium), few: orNull(bands.few) },
    worst,
    recalls,
    support,
    predicted,
  };
};
