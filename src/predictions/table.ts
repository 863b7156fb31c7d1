import type { NamedArray } from '../dataset/arrays/npy';
import { sampleTable } from '../dataset/formats/csv/dialect';
import { RecordReader } from '../dataset/formats/csv/recordReader';
import { openTable } from '../dataset/formats/csv/tableBytes';
import type { FileSource } from '../dataset/types';

const wholeNumber = /^[+-]?\d+$/;

/** A column as numbers where every cell is one (empty and NaN count as no number), else as text. */
export const columnOf = (cells: readonly string[]): NamedArray => {
  const shape = [cells.length];
  const trimmed = cells.map((cell) => cell.trim());
  const numbers = Float64Array.from(trimmed, (cell) => (cell === '' ? NaN : Number(cell)));
  const isNumber = (cell: string, i: number): boolean =>
    !Number.isNaN(numbers[i]) || cell === '' || /^nan$/i.test(cell);
  if (cells.length === 0 || !trimmed.every(isNumber))
    return { shape, values: trimmed, integer: false };
  return { shape, values: numbers, integer: trimmed.every((cell) => wholeNumber.test(cell)) };
};

/**
 * The columns of a CSV or TSV (its delimiter and encoding found as for datasets) by the names in
 * its first row. Throws what the source throws.
 */
export const readTable = (source: FileSource, path: string): ReadonlyMap<string, NamedArray> => {
  const table = openTable(source, path);
  try {
    const { delimiter } = sampleTable(table);
    const reader = new RecordReader(table, delimiter.charCodeAt(0));
    if (!reader.read()) return new Map();
    const names = Array.from({ length: reader.fields }, (_, i) => reader.text(i).trim());
    const columns: string[][] = names.map(() => []);
    while (reader.read()) columns.forEach((column, i) => column.push(reader.text(i)));
    return new Map(names.map((name, i) => [name, columnOf(columns[i] ?? [])]));
  } finally {
    table.close();
  }
};
