import { LongtailError } from '../../../common/errors';
import { reasonOf } from '../../issues';
import type { FileSource, Sample, SampleLocator, SampleReader, TableRows } from '../../types';
import { join } from '../folders';
import { readImageFile } from '../openFileSample';
import { filePlace } from '../records/filePlace';
import { batchRows } from './batchScan';
import { leavesOf, openLeaf } from './leaf';
import type { ArrowLeaf, LeafColumn, Value } from './leaf';
import { openArrow } from './stream';
import type { ArrowFile } from './stream';
import type { ArrowTables } from './tables';

const textOf = (value: Value | null): string =>
  value === null
    ? ''
    : typeof value === 'number'
      ? String(value)
      : Buffer.from(value).toString('utf8');

/** One open file, and the columns of the batch that was asked for last. */
class OpenTable {
  private readonly firstRows: number[] = [];
  private readonly leaves: ReadonlyMap<string, ArrowLeaf>;
  private batch = -1;
  private columns = new Map<string, LeafColumn>();

  constructor(readonly arrow: ArrowFile) {
    let row = 0;
    for (const { rows } of arrow.batches) {
      this.firstRows.push(row);
      row += rows;
    }
    this.leaves = new Map(leavesOf(arrow.fields).map((leaf) => [leaf.name, leaf]));
  }

  /** Rows that the scan counted: those of the batches before a damaged one. */
  rows(label: string | null): number {
    const leaf = this.leaves.get(label ?? '');
    let rows = 0;
    try {
      for (const batch of this.arrow.batches)
        rows += leaf === undefined ? 0 : batchRows(this.arrow, batch, leaf);
    } catch {
      // What follows was not counted.
    }
    return rows;
  }

  cell(row: number, name: string): Value | null {
    const number = this.firstRows.findLastIndex((first) => first <= row);
    if (number !== this.batch) this.columns = new Map();
    this.batch = number;
    const batch = this.arrow.batches[number];
    const leaf = this.leaves.get(name);
    if (batch === undefined || leaf === undefined) return null;
    const column = this.columns.get(name) ?? openLeaf(this.arrow, batch, leaf);
    this.columns.set(name, column);
    return column.value(row - (this.firstRows[number] ?? 0));
  }
}

/** Hands out rows of Arrow files: picture bytes, a file they name, or their features. */
export const arrowSamples = (source: FileSource, tables: ArrowTables): SampleReader => {
  const { folder, plan, shards } = tables;
  const features = plan?.features ?? [];
  const [bytes, path] = [plan?.bytes ?? null, plan?.path ?? null];
  let open: { readonly file: string; readonly table: OpenTable } | null = null;
  const close = (): void => {
    open?.table.arrow.file.close();
    open = null;
  };
  const tableOf = (file: string): OpenTable => {
    if (open?.file === file) return open.table;
    close();
    const table = new OpenTable(openArrow(source, join(folder, file)));
    open = { file, table };
    return table;
  };
  const read = (locator: SampleLocator): Sample => {
    const table = tableOf(locator.path);
    const cell = bytes === null ? null : table.cell(locator.offset, bytes);
    if (cell instanceof Uint8Array) return { kind: 'encoded-image', bytes: cell };
    if (bytes !== null || path !== null) {
      const named = path === null ? '' : textOf(table.cell(locator.offset, path));
      const place = filePlace('', named);
      if (named === '' || place === null) throw new Error('no picture');
      return readImageFile(source, join(folder, place.folder, place.name));
    }
    const values = features.map(
      (name) => [name, textOf(table.cell(locator.offset, name))] as const,
    );
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
        let table: OpenTable;
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
              values[column] = textOf(table.cell(row, name));
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
