import { LongtailError } from '../../../common/errors';
import { reasonOf } from '../../issues';
import type { FileSource, Sample, SampleLocator, SampleReader, TableRows } from '../../types';
import { join } from '../folders';
import { readImageFile } from '../openFileSample';
import { filePlace } from '../records/filePlace';
import { readCells } from './cells';
import { openParquet } from './footer';
import type { ParquetFile } from './footer';
import { ParquetTable } from './parquetTable';
import { leafOf } from './tables';
import type { ParquetTables } from './tables';

/** Rows that the scan counted in a file: those of the groups before one whose labels are damaged. */
const rowsIn = (open: () => ParquetFile, label: string | null): number => {
  let rows = 0;
  try {
    const file = open();
    const leaf = leafOf(file, label);
    for (const group of file.groups) {
      const chunk = leaf && group.chunks.get(leaf.key);
      if (!leaf || !chunk || readCells(file.file, chunk, leaf, () => -1).rows !== group.rows) break;
      rows += group.rows;
    }
  } catch {
    // What follows was not counted.
  }
  return rows;
};

/** Hands out rows of Parquet files: picture bytes, a file they name, or their features. */
export const parquetSamples = (source: FileSource, tables: ParquetTables): SampleReader => {
  const { folder, plan, shards } = tables;
  let open: { readonly file: string; readonly table: ParquetTable } | null = null;
  const close = (): void => {
    open?.table.table.file.close();
    open = null;
  };
  const tableOf = (file: string): ParquetTable => {
    if (open?.file === file) return open.table;
    close();
    const table = new ParquetTable(openParquet(source, join(folder, file)));
    open = { file, table };
    return table;
  };
  const features = plan?.features ?? [];
  const read = ({ path, offset }: SampleLocator): Sample => {
    const table = tableOf(path);
    const bytes = plan?.bytes ?? null;
    const cell = bytes === null ? null : table.cell(offset, bytes);
    if (cell instanceof Uint8Array) return { kind: 'encoded-image', bytes: cell };
    if (bytes !== null || plan?.path != null) {
      const named = plan?.path == null ? '' : table.text(offset, plan.path);
      const place = filePlace('', named);
      if (named === '' || place === null) throw new Error('no picture');
      return readImageFile(source, join(folder, place.folder, place.name));
    }
    const values = features.map((name) => [name, table.text(offset, name)] as const);
    return { kind: 'row', values: Object.fromEntries(values) };
  };
  const values: string[] = [];
  const cell = (column: number): string => values[column] ?? '';
  const rows: TableRows = {
    columns: features,
    decimalComma: false,
    read: (each) => {
      let at = 0;
      for (const { file } of shards) {
        const total = rowsIn(() => tableOf(file).table, plan?.label ?? null);
        for (let row = 0; row < total; row++, at++) {
          let isWhole = true;
          for (const [column, name] of features.entries()) {
            values[column] = '';
            try {
              values[column] = tableOf(file).text(row, name);
            } catch {
              isWhole = false;
            }
          }
          if (!each(at, cell, isWhole)) return;
        }
      }
    },
  };
  const isRows = plan !== null && plan.bytes === null && plan.path === null;
  return {
    ...(isRows ? { rows } : {}),
    readSample: (locator) => {
      try {
        return read(locator);
      } catch (error) {
        if (error instanceof LongtailError) throw error;
        const params = { path: locator.path, reason: reasonOf(error) };
        throw new LongtailError('dataset/sample-unreadable', params, { cause: error });
      }
    },
    close,
  };
};
