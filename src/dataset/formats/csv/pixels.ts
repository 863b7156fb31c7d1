import type { Sample } from '../../types';
import { plainNumber } from '../../bytes/plainNumber';
import type { RecordReader } from './recordReader';
import { isNumber, labelNameRank } from './roles';

/** Where a row keeps the pixels of its picture: in columns of their own, or as numbers in a cell. */
export interface PixelRule {
  readonly kind: 'columns' | 'cell';
  /** The first column, or the cell's. */
  readonly first: number;
  readonly side: number;
  readonly channels: 1 | 3;
  /** The label beside them; null where it is found as in any table, -1 where there is none. */
  readonly label: number | null;
}

type Rows = readonly (readonly string[])[];

const looked = 40;
/** Without names, fewer numbers beside each other may be anything. */
const leastSide = 16;
const leastNamed = 16;

/** Side and channels of a square picture with so many numbers; null where there is none. */
const squareOf = (numbers: number): { readonly side: number; readonly channels: 1 | 3 } | null => {
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(numbers / channels);
    if (Number.isInteger(side)) return { side, channels };
  }
  return null;
};

const isByte = (cell: string | undefined): boolean =>
  cell !== undefined && /^\d{1,3}(?:\.0+)?$/.test(cell.trim()) && Number(cell) <= 255;

const isPixelName = (name: string): boolean =>
  /^(?:pixel|px|p)[ _]?\d+$/i.test(name.trim()) || /^\d+x\d+$/i.test(name.trim());

/** Columns named `pixel0`, `pixel_1`, `1x1` … beside each other. */
const byNames = (names: readonly string[]): PixelRule | null => {
  const first = names.findIndex(isPixelName);
  const found = names.filter(isPixelName).length;
  const shape = found < leastNamed ? null : squareOf(found);
  if (shape === null || !names.slice(first, first + found).every(isPixelName)) return null;
  const rest = names.flatMap((name, at) => (isPixelName(name) ? [] : [{ name, at }]));
  const ranked = rest.filter(({ name }) => labelNameRank(name) >= 0);
  ranked.sort((a, b) => labelNameRank(a.name) - labelNameRank(b.name));
  const label = (ranked[0] ?? (rest.length === 1 ? rest[0] : undefined))?.at;
  return { kind: 'columns', first, ...shape, label: label ?? (rest.length === 0 ? -1 : null) };
};

/** A label and then a square of bytes in every row, without names; or the label behind them. */
const byContent = (rows: Rows): PixelRule | null => {
  const width = rows[0]?.length ?? 0;
  const shape = squareOf(width - 1);
  if (shape === null || shape.side < leastSide || rows.some((row) => row.length !== width))
    return null;
  const areBytes = (from: number): boolean =>
    rows.every((row) => row.slice(from, from + width - 1).every(isByte));
  const varies = (at: number): boolean => new Set(rows.map((row) => row[at])).size > 1;
  const [before, behind] = [areBytes(1), areBytes(0)];
  if (!before && !behind) return null;
  const isLast = !before || (behind && !varies(0) && varies(width - 1));
  return { kind: 'columns', first: isLast ? 0 : 1, ...shape, label: isLast ? width - 1 : 0 };
};

const numbersIn = (cell: string): number =>
  /^\s*\d{1,3}(?:\s+\d{1,3})*\s*$/.test(cell) ? cell.trim().split(/\s+/).length : 0;

/** A column whose every cell has the bytes of a picture with blanks between. */
const inCell = (rows: Rows): PixelRule | null => {
  const [first] = rows;
  const at = first?.findIndex((cell) => numbersIn(cell) >= leastSide ** 2) ?? -1;
  const numbers = numbersIn(first?.[at] ?? '');
  const shape = at < 0 ? null : squareOf(numbers);
  if (shape === null || !rows.every((row) => numbersIn(row[at] ?? '') === numbers)) return null;
  return { kind: 'cell', first: at, ...shape, label: null };
};

/** Where the first rows of a table keep pictures; null for any other table. */
export const pixelRule = (rows: Rows): PixelRule | null => {
  const [first, ...rest] = rows;
  if (first === undefined) return null;
  const isHeader = !first.some((cell) => isNumber(cell));
  const body = (isHeader ? rest : rows).slice(0, looked);
  if (body.length === 0) return null;
  return (isHeader ? byNames(first) : byContent(body)) ?? inCell(body);
};

/** Fields that a row has at least where it holds a whole picture; 0 where rows are none. */
export const leastFields = (rule: PixelRule | null): number =>
  rule?.kind === 'columns' ? rule.first + rule.side * rule.side * rule.channels : 0;

type Pixels = Extract<Sample, { readonly kind: 'pixels' }>;

/** A picture with rows and columns exchanged. */
export const turned = ({ data, width, height, channels, kind }: Pixels): Pixels => {
  const other = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        other[(x * height + y) * channels + c] = data[(y * width + x) * channels + c] ?? 0;
  return { kind, width: height, height: width, channels, data: other };
};

/** The picture of a record; null where it lacks a number from 0 to 255. */
export const pixelsOf = (reader: RecordReader, rule: PixelRule): Pixels | null => {
  const { side, channels } = rule;
  const data = new Uint8Array(side * side * channels);
  const cell = rule.kind === 'cell' ? Buffer.from(reader.text(rule.first)) : null;
  let at = 0;
  for (let i = 0; i < data.length; i++) {
    let value = NaN;
    if (cell === null) value = reader.number(rule.first + i);
    else {
      while (cell[at] === 0x20) at++;
      const from = at;
      while (at < cell.length && cell[at] !== 0x20) at++;
      value = plainNumber(cell, from, at);
    }
    if (!(value >= 0 && value <= 255)) return null;
    data[i] = value;
  }
  return { kind: 'pixels', width: side, height: side, channels, data };
};
