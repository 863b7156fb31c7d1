import { CellReader, readCells } from './cells';
import type { Value } from './cells';
import type { ParquetFile } from './footer';
import { leafOf } from './tables';

/** A value as the text a model is given; '' for a missing one. */
const textOf = (value: Value | null): string =>
  value === null
    ? ''
    : typeof value === 'number'
      ? Number.isFinite(value)
        ? String(value)
        : ''
      : Buffer.from(value.buffer, value.byteOffset, value.length).toString('utf8');

/** An open file, and the columns of the row group that was asked for last. */
export class ParquetTable {
  private readonly firstRows: number[] = [];
  private group = -1;
  private readers = new Map<string, CellReader | null>();
  /** Rows of all groups. */
  readonly length: number;

  constructor(private readonly table: ParquetFile) {
    let row = 0;
    for (const { rows } of table.groups) {
      this.firstRows.push(row);
      row += rows;
    }
    this.length = row;
  }

  get names(): readonly string[] {
    return this.table.leaves.map(({ names }) => names.join('.'));
  }

  cell(row: number, column: string): Value | null {
    const group = this.firstRows.findLastIndex((first) => first <= row);
    if (group !== this.group) this.readers = new Map();
    this.group = group;
    let reader = this.readers.get(column);
    if (reader === undefined) {
      const leaf = leafOf(this.table, column);
      const chunk = leaf && this.table.groups[group]?.chunks.get(leaf.key);
      reader = leaf && chunk ? new CellReader(this.table.file, chunk, leaf) : null;
      this.readers.set(column, reader);
    }
    return reader?.cell(row - (this.firstRows[group] ?? 0)) ?? null;
  }

  /** Rows that the scan counted: those of the groups before one whose labels are damaged. */
  rows(label: string | null): number {
    const { file, groups } = this.table;
    const leaf = leafOf(this.table, label);
    let rows = 0;
    try {
      for (const group of groups) {
        const chunk = leaf && group.chunks.get(leaf.key);
        if (!leaf || !chunk || readCells(file, chunk, leaf, () => -1).rows !== group.rows) break;
        rows += group.rows;
      }
    } catch {
      // What follows was not counted.
    }
    return rows;
  }

  /** Text of a cell; '' where the column is not there. */
  text(row: number, column: string): string {
    return textOf(this.cell(row, column));
  }

  close(): void {
    this.table.file.close();
  }
}
