/** A square table of mostly zeros as what is in it. */
export interface SparseRows {
  /** Rows, and columns, of the table. */
  readonly size: number;
  /** Row, column and value of each cell that is not 0, one after the other, row by row. */
  readonly cells: readonly number[];
}

/** Tables below this many rows stay as they are: small, and easy to read. */
const fewestRows = 100;

/** The table by its cells; null where that is not shorter. */
export const sparseRows = (rows: readonly (readonly number[])[]): SparseRows | null => {
  const size = rows.length;
  if (size < fewestRows || rows.some((row) => row.length !== size)) return null;
  const cells: number[] = [];
  rows.forEach((row, i) =>
    row.forEach((value, j) => {
      if (value !== 0) cells.push(i, j, value);
    }),
  );
  return cells.length < size * size ? { size, cells } : null;
};

/** The whole table. Throws RangeError for a cell outside it, or half a cell. */
export const denseRows = ({ size, cells }: SparseRows): number[][] => {
  const rows = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let k = 0; k < cells.length; k += 3) {
    const [i = -1, j = -1, value] = cells.slice(k, k + 3);
    const row = rows[i];
    if (row === undefined || row[j] === undefined || value === undefined)
      throw new RangeError(`cell ${i}, ${j} of ${size}`);
    row[j] = value;
  }
  return rows;
};
