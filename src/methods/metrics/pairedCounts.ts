import { at, sum } from '../numbers';
import type { Numbers } from '../numbers';

/** Two sets of predictions on the same items, counted by the items' class; all [C]. */
export interface PairedCounts {
  readonly support: Float64Array;
  /** Items both predict right, and those only the first or only the second does. */
  readonly both: Float64Array;
  readonly onlyA: Float64Array;
  readonly onlyB: Float64Array;
}

/** Counts predictions `a` and `b` against labels, class by class. */
export const pairedCounts = (
  labels: Numbers,
  predictions: { readonly a: Numbers; readonly b: Numbers },
  classes: number,
): PairedCounts => {
  const none = (): Float64Array => new Float64Array(classes);
  const counts = { support: none(), both: none(), onlyA: none(), onlyB: none() };
  for (let i = 0; i < labels.length; i++) {
    const label = at(labels, i);
    const a = at(predictions.a, i) === label;
    const b = at(predictions.b, i) === label;
    counts.support[label] = at(counts.support, label) + 1;
    if (!a && !b) continue;
    const counted = a && b ? counts.both : a ? counts.onlyA : counts.onlyB;
    counted[label] = at(counted, label) + 1;
  }
  return counts;
};

/** One class's part of the counts, or of all of them together. */
export interface PairedCell {
  readonly items: number;
  readonly both: number;
  readonly onlyA: number;
  readonly onlyB: number;
}

export const cellOf = ({ support, both, onlyA, onlyB }: PairedCounts, j: number): PairedCell => ({
  items: at(support, j),
  both: at(both, j),
  onlyA: at(onlyA, j),
  onlyB: at(onlyB, j),
});

export const wholeOf = ({ support, both, onlyA, onlyB }: PairedCounts): PairedCell => ({
  items: sum(support),
  both: sum(both),
  onlyA: sum(onlyA),
  onlyB: sum(onlyB),
});
