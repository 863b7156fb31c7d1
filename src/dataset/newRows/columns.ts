import { ArrowTable } from '../formats/arrow/arrowTable';
import { openArrow } from '../formats/arrow/stream';
import { openParquet } from '../formats/parquet/footer';
import { ParquetTable } from '../formats/parquet/parquetTable';
import type { OpenColumns } from '../formats/records/columnSamples';
import type { NewRows, RowsOpener } from './types';

const rowsOf = (table: OpenColumns, wanted: readonly string[]): NewRows => ({
  count: table.length,
  columns: table.names,
  decimalComma: false,
  each: function* () {
    for (let row = 0; row < table.length; row++) {
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

export const parquetRows: RowsOpener = (source, path, wanted) =>
  rowsOf(new ParquetTable(openParquet(source, path)), wanted);

export const arrowRows: RowsOpener = (source, path, wanted) =>
  rowsOf(new ArrowTable(openArrow(source, path)), wanted);
