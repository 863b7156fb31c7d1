import { readPickledData } from '../../arrays/pickledArrays';
import type { PickledData } from '../../arrays/pickledArrays';
import type { FileSource, OpenFile } from '../../types';
import { pictureBytes, rowBytes } from './files';
import type { CifarKind } from './files';

/** Larger files are refused: CIFAR-100's training part has 155 MB. */
const largest = 1024 ** 3;

/** The rows of one file. */
export interface CifarRows {
  readonly count: number;
  /** Label ids, by the set wanted. */
  readonly labels: ArrayLike<number>;
  /** Where the pixels of row 0 begin, and the step from row to row; null where they cannot be read. */
  readonly pixels: { readonly start: number; readonly step: number } | null;
  /** Set where the file holds less, or other things, than it should. */
  readonly damage?: string;
}

const readAll = (file: OpenFile): Uint8Array => {
  if (file.size > largest) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
  return file.read(0, file.size);
};

/** Rows of a pickled batch. Throws PickleRefusal and what decoding arrays throws. */
export const pickledRows = (bytes: Uint8Array, keys: readonly string[]): CifarRows => {
  const data = readPickledData(bytes);
  const labels = keys.map((key) => data.numbers(key)).find((found) => found !== null);
  if (labels === undefined) return { count: 0, labels: [], pixels: null, damage: keys.join(' / ') };
  const rows = data.rows('data', pictureBytes);
  const pixels = rows === null ? null : { start: rows.start, step: pictureBytes };
  if (rows === null || rows.count === labels.length)
    return { count: labels.length, labels, pixels };
  const count = Math.min(rows.count, labels.length);
  return { count, labels, pixels, damage: `${labels.length} / ${rows.count}` };
};

const chunkRows = 1024;

/** Rows of a binary file: the label bytes are picked out, the pixels stay where they are. */
const binaryRows = (file: OpenFile, kind: CifarKind, wantsCoarse: boolean): CifarRows => {
  const step = rowBytes(kind);
  const labelBytes = step - pictureBytes;
  const count = Math.floor(file.size / step);
  const labels = new Uint8Array(count);
  const place = wantsCoarse ? 0 : labelBytes - 1;
  for (let row = 0; row < count; row += chunkRows) {
    const bytes = file.read(row * step, chunkRows * step);
    for (let i = 0; i * step + place < bytes.length; i++)
      labels[row + i] = bytes[i * step + place] ?? 0;
  }
  const rest = file.size % step;
  return {
    count,
    labels,
    pixels: { start: labelBytes, step },
    ...(rest === 0 ? {} : { damage: `${file.size} % ${step} = ${rest}` }),
  };
};

/** The rows of one file. Throws what the source throws, PickleRefusal and LongtailError. */
export const readRows = (
  source: FileSource,
  path: string,
  kind: CifarKind,
  wantsCoarse: boolean,
): CifarRows => {
  const file = source.open(path);
  try {
    if (kind.isBinary) return binaryRows(file, kind, wantsCoarse);
    const fine = kind.labels === 100 ? ['fine_labels'] : ['labels', 'fine_labels'];
    return pickledRows(readAll(file), wantsCoarse ? ['coarse_labels'] : fine);
  } finally {
    file.close();
  }
};

/** Class names, of the coarse labels where wanted; none where the file has none. */
export const readNames = (
  source: FileSource,
  path: string,
  kind: CifarKind,
  wantsCoarse: boolean,
): readonly string[] => {
  if (kind.isBinary)
    return source
      .readText(path, 1 << 16)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const file = source.open(path);
  try {
    const data: PickledData = readPickledData(readAll(file));
    const keys = wantsCoarse ? ['coarse_label_names'] : ['label_names', 'fine_label_names'];
    return keys.map((key) => data.texts(key)).find((found) => found !== null) ?? [];
  } finally {
    file.close();
  }
};
