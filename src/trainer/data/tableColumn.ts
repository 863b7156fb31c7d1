import { ByteTable } from '../../dataset/bytes/byteTable';
import type { CellBytes } from '../../dataset/types';
import { readCell, type CellText } from './cellText';

/** A column with more distinct texts than this is left out: an id, not a category. */
const mostKinds = 64;
/** Share of a column's non-empty training values that must be numbers, or dates, to make it so. */
const mostlyShare = 0.95;
/** Code of a text beyond the kinds that are counted. */
const unknown = 0xffff;

/** 2024-05-31, 31.5.2024, 5/31/24, with or without a time of day. */
const datePattern =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?:[T ]\d{1,2}:\d{2}.*)?$/;

/** How one column becomes numbers: how many, and what they are. */
export interface ColumnCode {
  readonly width: number;
  readonly description: Readonly<Record<string, unknown>>;
  /** Writes the numbers of a row, into an array of zeros. */
  write(row: number, out: Float32Array, at: number): void;
}

/** Why a column is no input. */
export type LeftOut = 'date' | 'texts';

/** Standardised by the training rows; a missing value becomes their mean, with a flag beside it. */
const numberCode = (numbers: Float64Array, training: Uint32Array): ColumnCode => {
  let known = 0;
  let total = 0;
  for (const row of training) {
    const value = numbers[row] ?? NaN;
    if (Number.isNaN(value)) continue;
    known++;
    total += value;
  }
  const mean = total / known;
  let squares = 0;
  for (const row of training) {
    const value = numbers[row] ?? NaN;
    if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  }
  const deviation = squares > 0 ? Math.sqrt(squares / known) : 1;
  const values = new Float32Array(numbers.length);
  for (let row = 0; row < values.length; row++)
    values[row] = ((numbers[row] ?? NaN) - mean) / deviation;
  return {
    width: 2,
    description: { kind: 'number', mean, deviation },
    write: (row, out, at) => {
      const value = values[row] ?? NaN;
      if (Number.isNaN(value)) out[at + 1] = 1;
      else out[at] = value;
    },
  };
};

/** One-hot over the texts of the training rows; a text never seen there is all zeros. */
const kindCode = (codes: Uint16Array, kinds: ReadonlyMap<string, number>): ColumnCode => {
  const categories = [...kinds.keys()].sort();
  const places = new Int32Array(unknown + 1).fill(-1);
  categories.forEach((text, place) => {
    places[kinds.get(text) ?? unknown] = place;
  });
  return {
    width: categories.length,
    description: { kind: 'category', categories },
    write: (row, out, at) => {
      const place = places[codes[row] ?? unknown] ?? -1;
      if (place >= 0) out[at + place] = 1;
    },
  };
};

/** One row's cells by column. */
export interface Cells {
  readonly text: (column: number) => string;
  readonly bytes: CellBytes | undefined;
}

/** What a text is, read once for all cells that have it. */
interface CellKind extends CellText {
  readonly isDate: boolean;
}

/** The cells of a column as they come, in two arrays at most: its numbers, and its few kinds. */
export class TableColumn {
  private numbers: Float64Array | null = null;
  private codes: Uint16Array | null;
  private readonly codeOf = new Map<string, number>();
  private readonly trained = new Map<string, number>();
  /** What the cells met so far are, by their bytes; only while kinds are counted. */
  private texts = new ByteTable();
  private known: CellKind[] = [];
  private filled = 0;
  private numeric = 0;
  private dates = 0;

  constructor(
    private readonly column: number,
    private readonly rows: number,
    private readonly decimalComma: boolean,
  ) {
    this.codes = new Uint16Array(rows).fill(unknown);
  }

  add(row: number, cells: Cells, isTraining: boolean): void {
    if (this.codes === null) {
      const value = cells.bytes?.number(this.column) ?? NaN;
      if (Number.isNaN(value)) this.count(row, this.kindOf(cells), isTraining);
      else {
        this.keep(row, value);
        if (!isTraining) return;
        this.filled++;
        this.numeric++;
      }
      return;
    }
    const kind = this.knownKind(cells);
    this.addKind(row, kind.text, isTraining);
    this.count(row, kind, isTraining);
  }

  /** What the column comes to, once every row was added. */
  code(training: Uint32Array): ColumnCode | LeftOut {
    const { filled, numbers, codes } = this;
    if (filled === 0) return 'texts';
    if (numbers !== null && this.numeric / filled >= mostlyShare)
      return numberCode(numbers, training);
    if (this.dates / filled >= mostlyShare) return 'date';
    return codes === null ? 'texts' : kindCode(codes, this.trained);
  }

  private keep(row: number, value: number): void {
    this.numbers ??= new Float64Array(this.rows).fill(NaN);
    this.numbers[row] = value;
  }

  private count(row: number, { value, ...kind }: CellKind, isTraining: boolean): void {
    if (kind.isMissing) return;
    const isNumber = !Number.isNaN(value);
    if (isNumber) this.keep(row, value);
    if (!isTraining) return;
    this.filled++;
    if (isNumber) this.numeric++;
    else if (kind.isDate) this.dates++;
  }

  private knownKind(cells: Cells): CellKind {
    const id = cells.bytes?.find(this.column, this.texts) ?? -1;
    if (id === -1) return this.kindOf(cells);
    const known = this.known[id];
    if (known !== undefined) return known;
    const kind = this.kindOf(cells);
    this.known[id] = kind;
    return kind;
  }

  private kindOf(cells: Cells): CellKind {
    const cell = readCell(cells.text(this.column), this.decimalComma);
    const isOther = !cell.isMissing && Number.isNaN(cell.value);
    return { ...cell, isDate: isOther && datePattern.test(cell.text) };
  }

  private addKind(row: number, text: string, isTraining: boolean): void {
    if (this.codes === null) return;
    const code = this.codeOf.get(text) ?? Math.min(unknown, this.codeOf.size);
    if (code === unknown) return;
    this.codeOf.set(text, code);
    this.codes[row] = code;
    if (isTraining) this.trained.set(text, code);
    if (this.trained.size > mostKinds) {
      this.codes = null;
      this.codeOf.clear();
      this.trained.clear();
      this.texts = new ByteTable();
      this.known = [];
    }
  }
}
