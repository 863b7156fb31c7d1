import type { BootstrapOptions, PairedDifference } from '../metrics/interval';
import { quantile } from '../metrics/interval';
import { at, mean } from '../numbers';
import type { Numbers } from '../numbers';

/** What came of one label's decisions. */
export interface LabelCells {
  readonly positives: number;
  readonly predicted: number;
  readonly right: number;
}

/** Counts of every label [L] over items; `labels` and `decisions` are 0 or 1 [items][L]. */
export const labelCells = (
  labels: Numbers,
  decisions: Numbers,
  count: number,
): readonly LabelCells[] => {
  const cells = Array.from({ length: count }, () => ({ positives: 0, predicted: 0, right: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const own = cells[i % count];
    if (own === undefined) continue;
    const truth = at(labels, i);
    const decided = at(decisions, i);
    own.positives += truth;
    own.predicted += decided;
    own.right += truth * decided;
  }
  return cells;
};

/** F1 of a label, 2 TP / (items with it + predictions of it); 0 where both are 0. */
export const labelF1 = ({ positives, predicted, right }: LabelCells): number =>
  positives + predicted === 0 ? 0 : (2 * right) / (positives + predicted);

/** Mean F1 over the labels that occur; NaN where none does. */
export const macroLabelF1 = (cells: readonly LabelCells[]): number =>
  mean(cells.filter(({ positives }) => positives > 0).map(labelF1));

/** F1 of the decisions of all labels together. */
export const microLabelF1 = (cells: readonly LabelCells[]): number => {
  const sum = (of: (cell: LabelCells) => number): number =>
    cells.reduce((total, cell) => total + of(cell), 0);
  return labelF1({
    positives: sum(({ positives }) => positives),
    predicted: sum(({ predicted }) => predicted),
    right: sum(({ right }) => right),
  });
};

/** Cells looked at in all resamples together, at most: more would take seconds. */
const mostCells = 2e8;

/**
 * Difference in macro-F1 (labels that occur) of two sets of decisions [items][L] on the same items,
 * with a percentile interval by a bootstrap over items. At least 100 resamples, 1,000 where the
 * items are few enough.
 */
export const pairedLabelF1 = (
  labels: Numbers,
  decisions: { readonly a: Numbers; readonly b: Numbers },
  count: number,
  { random, resamples = 1000, level = 0.95 }: BootstrapOptions,
): PairedDifference => {
  const items = labels.length / count;
  const rounds = Math.max(100, Math.min(resamples, Math.floor(mostCells / labels.length)));
  const present = labelCells(labels, decisions.a, count).map(({ positives }) => positives > 0);
  const gap = (next: (i: number) => number): number => {
    // Per label: 2 TP of b, positives + predictions of b, the same of a.
    const sums = new Float64Array(4 * count);
    for (let i = 0; i < items; i++) {
      const from = next(i) * count;
      for (let l = 0; l < count; l++) {
        const truth = labels[from + l] ?? 0;
        const a = decisions.a[from + l] ?? 0;
        const b = decisions.b[from + l] ?? 0;
        if (truth + a + b === 0) continue;
        sums[4 * l] = (sums[4 * l] ?? 0) + 2 * truth * b;
        sums[4 * l + 1] = (sums[4 * l + 1] ?? 0) + truth + b;
        sums[4 * l + 2] = (sums[4 * l + 2] ?? 0) + 2 * truth * a;
        sums[4 * l + 3] = (sums[4 * l + 3] ?? 0) + truth + a;
      }
    }
    const share = (top: number, whole: number): number => (whole === 0 ? 0 : top / whole);
    const gaps = present.flatMap((occurs, l) =>
      occurs
        ? [
            share(at(sums, 4 * l), at(sums, 4 * l + 1)) -
              share(at(sums, 4 * l + 2), at(sums, 4 * l + 3)),
          ]
        : [],
    );
    return gaps.length === 0 ? 0 : mean(gaps);
  };
  const draws = Float64Array.from({ length: rounds }, () => gap(() => random.nextInt(items)));
  draws.sort();
  const interval = [quantile(draws, (1 - level) / 2), quantile(draws, (1 + level) / 2)] as const;
  return {
    difference: gap((i) => i),
    interval,
    excludesZero: interval[0] > 0 || interval[1] < 0,
  };
};
