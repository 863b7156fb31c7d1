import { LongtailError } from '../../../common/errors';
import { reasonOf } from '../../issues';
import type { FileSource, Sample, SampleLocator, SampleReader, TableRows } from '../../types';
import { join } from '../folders';
import { readImageFile } from '../openFileSample';
import { filePlace } from '../records/filePlace';
import { ArrowTable } from './arrowTable';
import { openArrow } from './stream';
import type { ArrowTables } from './tables';

/** Hands out rows of Arrow files: picture bytes, a file they name, or their features. */
export const arrowSamples = (source: FileSource, tables: ArrowTables): SampleReader => {
  const { folder, plan, shards } = tables;
  const features = plan?.features ?? [];
  const [bytes, path] = [plan?.bytes ?? null, plan?.path ?? null];
  let open: { readonly file: string; readonly table: ArrowTable } | null = null;
  const close = (): void => {
    open?.table.arrow.file.close();
    open = null;
  };
  const tableOf = (file: string): ArrowTable => {
    if (open?.file === file) return open.table;
    close();
    const table = new ArrowTable(openArrow(source, join(folder, file)));
    open = { file, table };
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
  const values: string[] = [];
  const cell = (column: number): string => values[column] ?? '';
  const rows: TableRows = {
    columns: features,
    decimalComma: false,
    read: (each) => {
      let at = 0;
      for (const { file } of shards) {
        let table: ArrowTable;
        try {
          table = tableOf(file);
        } catch {
          continue;
        }
        const total = table.rows(plan?.label ?? null);
        for (let row = 0; row < total; row++, at++) {
          let isWhole = true;
          for (const [column, name] of features.entries()) {
            values[column] = '';
            try {
              values[column] = table.text(row, name);
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
