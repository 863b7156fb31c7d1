import { batchRows } from './batchScan';
import { leavesOf, openLeaf } from './leaf';
import type { ArrowLeaf, LeafColumn, Value } from './leaf';
import type { ArrowFile } from './stream';

const textOf = (value: Value | null): string =>
  value === null
    ? ''
    : typeof value === 'number'
      ? String(value)
      : Buffer.from(value).toString('utf8');

/** An open file, and the columns of the batch that was asked for last. */
export class ArrowTable {
  private readonly firstRows: number[] = [];
  private readonly leaves: ReadonlyMap<string, ArrowLeaf>;
  private batch = -1;
  private columns = new Map<string, LeafColumn>();
  /** Rows of all batches. */
  readonly length: number;

  constructor(private readonly arrow: ArrowFile) {
    let row = 0;
    for (const { rows } of arrow.batches) {
      this.firstRows.push(row);
      row += rows;
    }
    this.length = row;
    this.leaves = new Map(leavesOf(arrow.fields).map((leaf) => [leaf.name, leaf]));
  }

  get names(): readonly string[] {
    return [...this.leaves.keys()];
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

  /** Text of a cell; '' where the column is not there. */
  text(row: number, column: string): string {
    return textOf(this.cell(row, column));
  }

  close(): void {
    this.arrow.file.close();
  }
}
