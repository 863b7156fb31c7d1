import { openBytes } from '../bytes/openBytes';
import { join, rootFolder } from '../formats/folders';
import { isSystemError } from '../issues';
import { lineFormats, linesAt, rowFormats } from '../inspect/places';
import type { DatasetIndex, FileSource } from '../types';
import type { ProposedSplit } from './propose';
import type { ListStyle, SplitRequest } from './types';

/** A file to write, in pieces of some thousand lines. */
export interface ListFile {
  readonly name: string;
  readonly pieces: () => Iterable<string>;
}

const perPiece = 4096;

const inPieces = function* (lines: Iterable<string>): Iterable<string> {
  let piece: string[] = [];
  for (const line of lines) {
    piece.push(line);
    if (piece.length < perPiece) continue;
    yield piece.join('');
    piece = [];
  }
  if (piece.length > 0) yield piece.join('');
};

/** What a file's name or a value needs to stand in a CSV. */
const cell = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Lists of paths, one a part. A name with a line break cannot stand in one and is left out. */
const pathLists = (
  index: DatasetIndex,
  { rows, part }: ProposedSplit,
  names: readonly string[],
  { absolute, numbers, folder }: ListStyle & { readonly folder: string },
): ListFile[] =>
  names.map((name, wanted) => ({
    name: `${name}.txt`,
    pieces: () =>
      inPieces(
        (function* () {
          for (let i = 0; i < rows.length; i++) {
            if (part[i] !== wanted) continue;
            const row = rows[i] ?? 0;
            const { path } = index.locator(row);
            if (/[\n\r]/.test(path)) continue;
            const number = numbers ? ` ${String(index.labels[index.labelStart[row] ?? 0])}` : '';
            yield `${absolute ? join(folder, path) : path}${number}\n`;
          }
        })(),
      ),
  }));

/** Where samples lie inside larger files: for each row a number, and what it counts. */
interface Inside {
  readonly column: 'row' | 'line' | 'number';
  readonly of: Float64Array;
}

/** Rows of the split by their file, in the order of their offsets there. */
const byFile = (index: DatasetIndex, rows: Uint32Array): Map<string, number[]> => {
  const files = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const { path } = index.locator(row);
    const known = files.get(path);
    if (known === undefined) files.set(path, [i]);
    else known.push(i);
  });
  return files;
};

/** The line of every row in its text file, from 1; NaN where the file cannot be read any more. */
const linesOf = (
  source: FileSource,
  { index, rows, folder }: { index: DatasetIndex; rows: Uint32Array; folder: string },
): Inside => {
  const of = new Float64Array(rows.length).fill(Number.NaN);
  for (const [path, places] of byFile(index, rows)) {
    const offsets = places.map((i) => index.locator(rows[i] ?? 0).offset);
    try {
      const file = openBytes(source, join(folder, path));
      try {
        const lines = linesAt(file, offsets);
        places.forEach((i, at) => (of[i] = lines.get(offsets[at] ?? 0) ?? Number.NaN));
      } finally {
        file.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  return { column: 'line', of };
};

/** Which sample of its file every one is, from 0, in the order in which they lie there. */
const numbersOf = (index: DatasetIndex, rows: Uint32Array): Inside => {
  const of = new Float64Array(rows.length);
  const offsetsOf = new Map<string, number[]>();
  for (let sample = 0; sample < index.samples; sample++) {
    const { path, offset } = index.locator(sample);
    const known = offsetsOf.get(path);
    if (known === undefined) offsetsOf.set(path, [offset]);
    else known.push(offset);
  }
  for (const [path, places] of byFile(index, rows)) {
    const sorted = Float64Array.from(offsetsOf.get(path) ?? []).sort();
    const numberOf = new Map([...sorted].map((offset, number) => [offset, number]));
    for (const i of places) of[i] = numberOf.get(index.locator(rows[i] ?? 0).offset) ?? Number.NaN;
  }
  return { column: 'number', of };
};

/**
 * Whether samples of a file that follow one another lie in the same line: a whole list of records may
 * be one, and old line ends make none.
 */
const shareLines = (index: DatasetIndex, rows: Uint32Array, { of }: Inside): boolean => {
  const last = new Map<string, { readonly line: number; readonly offset: number }>();
  return rows.some((row, i) => {
    const { path, offset } = index.locator(row);
    const line = of[i] ?? Number.NaN;
    const before = last.get(path);
    last.set(path, { line, offset });
    return before?.line === line && before.offset !== offset;
  });
};

const insideOf = (source: FileSource, index: DatasetIndex, rows: Uint32Array): Inside => {
  const { folder } = rootFolder(source, index.root);
  if (rowFormats.has(index.format))
    return {
      column: 'row',
      of: Float64Array.from(rows, (row) => index.locator(row).offset),
    };
  if (!lineFormats.has(index.format)) return numbersOf(index, rows);
  const lines = linesOf(source, { index, rows, folder });
  return shareLines(index, rows, lines) ? numbersOf(index, rows) : lines;
};

/** Whether every sample of the split is a file of its own. */
const areFiles = (index: DatasetIndex, rows: Uint32Array): boolean =>
  !rowFormats.has(index.format) &&
  rows.every((row) => {
    const { offset, length } = index.locator(row);
    return offset === 0 && length === 0;
  });

/**
 * The files a split is written as: `train.txt` … with a path a line where samples are files, else
 * `split.csv` with the file, the place in it and the part.
 */
export const splitFiles = (
  source: FileSource,
  index: DatasetIndex,
  split: ProposedSplit,
  { parts, style }: Pick<SplitRequest, 'parts'> & { readonly style: ListStyle },
): readonly ListFile[] => {
  const { rows, part } = split;
  const names = parts.map(({ name }) => name);
  const { folder } = rootFolder(source, index.root);
  if (areFiles(index, rows)) return pathLists(index, split, names, { ...style, folder });
  const lines = function* (): Iterable<string> {
    const inside = insideOf(source, index, rows);
    yield `path,${inside.column},split\n`;
    for (let i = 0; i < rows.length; i++) {
      const { path } = index.locator(rows[i] ?? 0);
      const shown = style.absolute ? join(folder, path) : path;
      yield `${cell(shown)},${Number.isNaN(inside.of[i]) ? '' : String(inside.of[i])},${names[part[i] ?? 0] ?? ''}\n`;
    }
  };
  return [{ name: 'split.csv', pieces: () => inPieces(lines()) }];
};
