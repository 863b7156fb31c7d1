import { countAt, sparseMatrix, type MatrixCell, type SparseMatrix } from '../charts/matrix';
import type { Band } from '../profile/types';
import { classFacts } from './tables';
import type { RunReport } from './types';

/** The confusions of a report, classes by falling training count. */
export interface ConfusionMatrix {
  readonly names: readonly string[];
  readonly bands: readonly (Band | null)[];
  readonly cells: SparseMatrix;
}

/** A pair of classes, the first taken for the second. */
export interface Confused extends MatrixCell {
  readonly count: number;
  /** Of the items of the true class. */
  readonly share: number;
}

/** null with several labels an item: there is no such matrix. Equal counts keep the report's order. */
export const confusionMatrixOf = (report: RunReport): ConfusionMatrix | null => {
  const { confusion, classes } = report.scores;
  if (confusion === null) return null;
  const facts = classFacts(report);
  const trained = classes.map(({ name }) => facts.get(name)?.trainCount ?? 0);
  const order = classes.map((_, i) => i).sort((a, b) => (trained[b] ?? 0) - (trained[a] ?? 0));
  const names = order.map((i) => classes[i]?.name ?? '');
  return {
    names,
    bands: names.map((name) => facts.get(name)?.band ?? null),
    cells: sparseMatrix(confusion, order),
  };
};

export const confusedAt = (cells: SparseMatrix, { row, column }: MatrixCell): Confused => {
  const count = countAt(cells, row, column);
  const whole = cells.rowSums[row] ?? 0;
  return { row, column, count, share: whole > 0 ? count / whole : 0 };
};

/** The most frequent confusions, those of equal counts by their share of the true class. */
export const largestConfusions = (cells: SparseMatrix, most: number): readonly Confused[] => {
  const found: Confused[] = [];
  for (let row = 0; row < cells.size; row++)
    for (let at = cells.starts[row] ?? 0; at < (cells.starts[row + 1] ?? 0); at++) {
      const column = cells.columns[at] ?? 0;
      const count = cells.counts[at] ?? 0;
      if (column !== row)
        found.push({ row, column, count, share: count / (cells.rowSums[row] ?? 0) });
    }
  return found.sort((a, b) => b.count - a.count || b.share - a.share).slice(0, most);
};

/** Items, how many of them are right, and in how many pairs the others are confused. */
export const confusionSums = (
  cells: SparseMatrix,
): { readonly items: number; readonly right: number; readonly pairs: number } => {
  let [items, right, filled, diagonal] = [0, 0, 0, 0];
  for (let row = 0; row < cells.size; row++) {
    const own = countAt(cells, row, row);
    items += cells.rowSums[row] ?? 0;
    right += own;
    diagonal += Number(own > 0);
    filled += (cells.starts[row + 1] ?? 0) - (cells.starts[row] ?? 0);
  }
  return { items, right, pairs: filled - diagonal };
};
