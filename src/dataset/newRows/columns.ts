import { ArrowTable } from '../formats/arrow/arrowTable';
import { leavesOf } from '../formats/arrow/leaf';
import { openArrow } from '../formats/arrow/stream';
import { openParquet } from '../formats/parquet/footer';
import { ParquetTable } from '../formats/parquet/parquetTable';
import type { NewRows, RowsOpener } from './types';

/** A file of columns as it is asked for one cell. */
interface ColumnTable {
  readonly rows: number;
  readonly columns: readonly string[];
  text(row: number, column: string): string;
  close(): void;
}

const rowsOf = (table: ColumnTable, wanted: readonly string[]): NewRows => ({
  count: table.rows,
  columns: table.columns,
  decimalComma: false,
  each: function* () {
    for (let row = 0; row < table.rows; row++) {
      let cells: readonly string[] | null;
      try {
        cells = wanted.map((name) => table.text(row, name));
      } catch {
        cells = null;
      }
      yield {
        number: row + 1,
        cell: (column) => cells?.[column] ?? '',
        isWhole: cells !== null,
      };
    }
  },
  close: () => table.close(),
});

export const parquetRows: RowsOpener = (source, path, wanted) => {
  const parquet = openParquet(source, path);
  const table = new ParquetTable(parquet);
  return rowsOf(
    {
      rows: parquet.groups.reduce((sum, { rows }) => sum + rows, 0),
      columns: parquet.leaves.map(({ names }) => names.join('.')),
      text: (row, column) => table.text(row, column),
      close: () => parquet.file.close(),
    },
    wanted,
  );
};

export const arrowRows: RowsOpener = (source, path, wanted) => {
  const arrow = openArrow(source, path);
  const table = new ArrowTable(arrow);
  return rowsOf(
    {
      rows: arrow.batches.reduce((sum, { rows }) => sum + rows, 0),
      columns: leavesOf(arrow.fields).map(({ name }) => name),
      text: (row, column) => table.text(row, column),
      close: () => arrow.file.close(),
    },
    wanted,
  );
};
