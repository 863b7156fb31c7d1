import { LongtailError } from '../../../common/errors';
import { reasonOf } from '../../issues';
import type { FileSource, Sample, SampleLocator, SampleReader, TableRows } from '../../types';
import { join } from '../folders';
import { readImageFile } from '../openFileSample';
import type { ColumnPlan } from './columnPlan';
import { filePlace } from './filePlace';

/** An open file of columns. */
export interface OpenColumns {
  readonly length: number;
  readonly names: readonly string[];
  /** A cell as it is kept: bytes for a picture. */
  cell(row: number, column: string): unknown;
  /** A cell as text. */
  text(row: number, column: string): string;
  /** Rows that the scan counted, whose label is in a column: those before damage. */
  rows(label: string | null): number;
  close(): void;
}

export interface ColumnFiles {
  readonly folder: string;
  readonly shards: readonly { readonly file: string }[];
  readonly plan: ColumnPlan | null;
}

/** Hands out rows of files of columns: picture bytes, a file they name, or their features. */
export const columnSamples = (
  source: FileSource,
  { folder, shards, plan }: ColumnFiles,
  open: (path: string) => OpenColumns,
): SampleReader => {
  const features = plan?.features ?? [];
  const [bytes, path] = [plan?.bytes ?? null, plan?.path ?? null];
  let last: { readonly file: string; readonly table: OpenColumns } | null = null;
  const close = (): void => {
    last?.table.close();
    last = null;
  };
  const tableOf = (file: string): OpenColumns => {
    if (last?.file === file) return last.table;
    close();
    const table = open(join(folder, file));
    last = { file, table };
    return table;
  };
  const read = (locator: SampleLocator): Sample => {
    const table = tableOf(locator.path);
    const cell = bytes === null ? null : table.cell(locator.offset, bytes);
    if (cell instanceof Uint8Array) return { kind: 'encoded-image', bytes: cell };
    if (bytes !== null || path !== null) {
      const named = path === null ? '' : table.text(locator.offset, path);
      const place = filePlace('', named);
      if (named === '' || place === null) throw new Error('no picture');
      return readImageFile(source, join(folder, place.folder, place.name));
    }
    const values = features.map((name) => [name, table.text(locator.offset, name)] as const);
    return { kind: 'row', values: Object.fromEntries(values) };
  };
  /** None where a file cannot be opened any more. */
  const rowsIn = (file: string): number => {
    try {
      return tableOf(file).rows(plan?.label ?? null);
    } catch {
      return 0;
    }
  };
  const values: string[] = [];
  const cell = (column: number): string => values[column] ?? '';
  const rows: TableRows = {
    columns: features,
    decimalComma: false,
    read: (each) => {
      let at = 0;
      for (const { file } of shards) {
        const total = rowsIn(file);
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
  return {
    ...(plan !== null && bytes === null && path === null ? { rows } : {}),
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
