import { openBytes } from '../bytes/openBytes';
import { extensionOf, join, rootFolder } from '../formats/folders';
import { isSystemError } from '../issues';
import type { DatasetIndex, FileSource, OpenFile } from '../types';
import type { SamplePlace } from './types';

/** Formats whose locators are numbers of rows. */
export const rowFormats: ReadonlySet<string> = new Set(['parquet', 'arrow']);
/** Formats whose locators into text files are bytes of a record's beginning. */
export const lineFormats: ReadonlySet<string> = new Set(
  'csv jsonl fasttext label-studio conll svmlight arff'.split(' '),
);
const chunkBytes = 1 << 20;

/** Name of the file whose content begins at an offset of a tar: its header is the block before. */
const tarMember = (file: OpenFile, offset: number): string | null => {
  if (offset < 512) return null;
  const header = Buffer.from(file.read(offset - 512, 512));
  const text = (from: number, length: number): string =>
    header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  const prefix = text(257, 5) === 'ustar' && header[262] === 0 ? text(345, 155) : '';
  return join(prefix, text(0, 100));
};

/** For every offset the line it is in, from 1; one pass over the file up to the last. */
export const linesAt = (file: OpenFile, offsets: readonly number[]): Map<number, number> => {
  const found = new Map<number, number>();
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  let line = 1;
  let at = 0;
  for (const offset of sorted) {
    while (at < offset) {
      const bytes = Buffer.from(file.read(at, Math.min(chunkBytes, offset - at)));
      if (bytes.length === 0) return found;
      for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, i + 1)) line++;
      at += bytes.length;
    }
    found.set(offset, line);
  }
  return found;
};

/** Where every line of a file begins. */
export const lineStarts = (file: OpenFile): Float64Array => {
  const starts = [0];
  for (let at = 0; at < file.size;) {
    const bytes = Buffer.from(file.read(at, Math.min(chunkBytes, file.size - at)));
    if (bytes.length === 0) break;
    for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, i + 1)) starts.push(at + i + 1);
    at += bytes.length;
  }
  return Float64Array.from(starts);
};

/** Class names of a sample, each once. */
export const labelsOfSample = (index: DatasetIndex, sample: number): string[] => {
  const ids = index.labels.subarray(index.labelStart[sample], index.labelStart[sample + 1]);
  return [...new Set(ids)].map((id) => index.classNames[id] ?? String(id));
};

/**
 * Where samples are: file, and inside it the archive's member, the row, the line or the bytes.
 * Reads what is needed for that; a file that cannot be read leaves the bytes.
 */
export const placesOf = (
  source: FileSource,
  index: DatasetIndex,
  samples: readonly number[],
): readonly SamplePlace[] => {
  const { folder } = rootFolder(source, index.root);
  const located = samples.map((sample) => ({ sample, ...index.locator(sample) }));
  const parts = located.filter(({ offset, length }) => offset > 0 || length > 0);
  const details = new Map<string, Pick<SamplePlace, 'member' | 'line'>>();
  const keyOf = (path: string, offset: number): string => `${offset} ${path}`;
  const isTar = index.format === 'webdataset';
  const isText = lineFormats.has(index.format);
  for (const path of isTar || isText ? new Set(parts.map((part) => part.path)) : []) {
    if (isText && extensionOf(path) === '') continue;
    const offsets = parts.filter((part) => part.path === path).map(({ offset }) => offset);
    try {
      const file = openBytes(source, join(folder, path));
      try {
        if (isText)
          linesAt(file, offsets).forEach((line, offset) =>
            details.set(keyOf(path, offset), { line }),
          );
        else
          for (const offset of offsets) {
            const member = tarMember(file, offset);
            if (member !== null) details.set(keyOf(path, offset), { member });
          }
      } finally {
        file.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  return located.map(({ sample, path, offset, length }): SamplePlace => {
    const isRow = rowFormats.has(index.format);
    const isPart = !isRow && (offset > 0 || length > 0);
    return {
      path,
      ...(details.get(keyOf(path, offset)) ?? {}),
      ...(isRow ? { row: offset } : {}),
      ...(isPart ? { bytes: { offset, length } } : {}),
      split: index.splitNames[index.split[sample] ?? 0] ?? '',
      labels: labelsOfSample(index, sample),
    };
  });
};
