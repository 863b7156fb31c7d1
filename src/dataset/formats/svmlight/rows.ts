import { LineReader } from '../../bytes/lineReader';
import type { OpenFile, TableRows } from '../../types';
import type { SvmFile } from './files';
import { SvmLine } from './line';

/** More features than this are not laid out as columns: they are sparse, and a table of them is not. */
export const mostColumns = 1024;

/** The lines of a file that are samples, in their order. */
export const samplesIn = function* (file: OpenFile, part: SvmFile): Iterable<LineReader> {
  const reader = new LineReader(file);
  const line = new SvmLine();
  while (reader.read()) {
    if (reader.line === 1 && part.header !== null) continue;
    if (line.read(reader.bytes, reader.start, reader.end)) yield reader;
  }
};

/** Values of a line by column; false where a word of it is no feature or names none of the columns. */
export const fillRow = (
  bytes: Buffer,
  [start, end]: readonly [number, number],
  values: Float64Array,
  first: number,
): boolean => {
  const line = new SvmLine();
  values.fill(0);
  line.read(bytes, start, end);
  let fits = true;
  const isWhole = line.features(bytes, (index, value) => {
    if (index < first || index - first >= values.length) fits = false;
    else values[index - first] = value;
  });
  return isWhole && fits;
};

/** The smallest and the largest feature's number, by a pass over the files. */
export const featureRange = (
  files: readonly SvmFile[],
  open: (file: string) => OpenFile,
): readonly [number, number] => {
  let [least, most] = [1, 0];
  const line = new SvmLine();
  for (const part of files)
    for (const { bytes, start, end } of samplesIn(open(part.file), part)) {
      line.read(bytes, start, end);
      line.features(bytes, (index) => {
        if (index < least) least = index;
        if (index > most) most = index;
      });
    }
  return [least, Math.min(most, least + mostColumns - 1)];
};

/** Rows as a table: a column a feature, 0 where a line does not name it. */
export const svmRows = (
  files: readonly SvmFile[],
  open: (file: string) => OpenFile,
  [first, last]: readonly [number, number],
): TableRows => ({
  columns: Array.from({ length: last - first + 1 }, (_, i) => String(first + i)),
  decimalComma: false,
  read: (each) => {
    const values = new Float64Array(last - first + 1);
    const cell = (column: number): string => String(values[column] ?? 0);
    const bytes = { number: (column: number) => values[column] ?? 0, find: () => -1 };
    let row = 0;
    for (const part of files)
      for (const reader of samplesIn(open(part.file), part)) {
        const isWhole = fillRow(reader.bytes, [reader.start, reader.end], values, first);
        if (!each(row++, cell, isWhole, bytes)) return;
      }
  },
});
