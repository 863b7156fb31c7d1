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
