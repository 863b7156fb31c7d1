/**
 * A square matrix of counts by rows, its empty cells left out: of a thousand classes a million
 * cells are possible, and a test split fills a few thousand.
 */
export interface SparseMatrix {
  readonly size: number;
  /** Where the cells of each row begin [size + 1]. */
  readonly starts: Uint32Array;
  /** Column and count of each cell, columns rising within a row. */
  readonly columns: Uint32Array;
  readonly counts: Float64Array;
  /** Sum of each row and of each column [size]. */
  readonly rowSums: Float64Array;
  readonly columnSums: Float64Array;
}

const add = (sums: Float64Array, at: number, count: number): void => {
  sums[at] = (sums[at] ?? 0) + count;
};

/** Rows of counts as a sparse matrix whose row and column `i` are those numbered `order[i]`. */
export const sparseMatrix = (
  rows: readonly (readonly number[])[],
  order: readonly number[],
): SparseMatrix => {
  const size = order.length;
  const filled = rows.reduce((sum, row) => sum + row.reduce((n, one) => n + Number(one > 0), 0), 0);
  const starts = new Uint32Array(size + 1);
  const columns = new Uint32Array(filled);
  const counts = new Float64Array(filled);
  const rowSums = new Float64Array(size);
  const columnSums = new Float64Array(size);
  let cell = 0;
  order.forEach((row, i) => {
    const own = rows[row] ?? [];
    order.forEach((column, j) => {
      const count = own[column] ?? 0;
      if (count <= 0) return;
      columns[cell] = j;
      counts[cell] = count;
      add(rowSums, i, count);
      add(columnSums, j, count);
      cell++;
    });
    starts[i + 1] = cell;
  });
  return { size, starts, columns, counts, rowSums, columnSums };
};

/** Place of the first cell of a row whose column is not before `column`. */
export const cellFrom = (
  { starts, columns }: SparseMatrix,
  row: number,
  column: number,
): number => {
  let low = starts[row] ?? 0;
  let high = starts[row + 1] ?? low;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((columns[middle] ?? 0) < column) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The count of one cell; 0 outside. */
export const countAt = (matrix: SparseMatrix, row: number, column: number): number => {
  const at = cellFrom(matrix, row, column);
  return at < (matrix.starts[row + 1] ?? 0) && matrix.columns[at] === column
    ? (matrix.counts[at] ?? 0)
    : 0;
};
