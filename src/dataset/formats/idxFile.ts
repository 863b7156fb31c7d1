import { constants, gunzipSync } from 'node:zlib';
import { reasonOf } from '../issues';
import type { FileSource } from '../types';

/** Inflated size up to which a compressed file is read: eight times the largest EMNIST set. */
const maxInflated = 4 * 1024 ** 3 - 1;
/** Compressed bytes that are looked at for a header: 64 KB inflate to at most 66 MB. */
const headBytes = 64 * 1024;
const maxHeadInflated = 80 * 1024 * 1024;

export interface IdxHeader {
  /** Sizes of the dimensions, the first is the number of items. */
  readonly dims: readonly number[];
  /** Where the data begins. */
  readonly start: number;
  /** Bytes of one item; 1 for labels. */
  readonly itemBytes: number;
}

/** An IDX file, raw or gzip, as far as it could be read. */
export interface IdxFile {
  readonly header: IdxHeader;
  /** Items that are really there. */
  readonly items: number;
  /** Set when the file is shorter than its header says or its compression is damaged. */
  readonly damage?: string;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Inflates what is there; a missing end is no error. Throws for damaged data. */
const inflate = (bytes: Uint8Array, maxOutputLength: number): Uint8Array =>
  gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength });

/**
 * The header of an IDX file of unsigned bytes (LeCun): 0, 0, type 8, number of dimensions, then
 * each size as 32 bits, big-endian. Null for anything else.
 */
export const parseIdxHeader = (bytes: Uint8Array): IdxHeader | null => {
  const count = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 8 || count < 1 || count > 4) return null;
  const start = 4 + 4 * count;
  if (bytes.length < start) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dims = Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i));
  const itemBytes = dims.slice(1).reduce((product, size) => product * size, 1);
  return itemBytes >= 1 && itemBytes <= 2 ** 28 ? { dims, start, itemBytes } : null;
};

/** Header alone, from the first bytes. Null when it is none or the file cannot be read. */
export const readIdxHeader = (source: FileSource, path: string): IdxHeader | null => {
  try {
    const file = source.open(path);
    try {
      const head = file.read(0, headBytes);
      return parseIdxHeader(isGzip(head) ? inflate(head, maxHeadInflated) : head);
    } finally {
      file.close();
    }
  } catch {
    return null;
  }
};

/** All bytes of a file, inflated where it is gzip. Throws what reading or inflating throws. */
export const readInflated = (source: FileSource, path: string): Uint8Array => {
  const file = source.open(path);
  try {
    if (file.size > maxInflated) throw new Error(`${String(file.size)} bytes`);
    const bytes = file.read(0, file.size);
    return isGzip(bytes) ? inflate(bytes, maxInflated) : bytes;
  } finally {
    file.close();
  }
};

const itemsIn = (header: IdxHeader, bytes: number): IdxFile => {
  const declared = header.dims[0] ?? 0;
  const there = Math.floor(Math.max(0, bytes - header.start) / header.itemBytes);
  const expected = header.start + declared * header.itemBytes;
  if (bytes === expected) return { header, items: declared };
  return {
    header,
    items: Math.min(declared, there),
    damage: `${String(bytes)} / ${String(expected)} bytes`,
  };
};

/**
 * How many items an IDX file really holds. A raw file tells by its size, a gzip file by the size
 * in its trailer; only where that disagrees with the header is it inflated. Null: not IDX.
 */
export const measureIdx = (source: FileSource, path: string): IdxFile | null => {
  const header = readIdxHeader(source, path);
  if (header === null) return null;
  const expected = header.start + (header.dims[0] ?? 0) * header.itemBytes;
  try {
    const file = source.open(path);
    try {
      if (!isGzip(file.read(0, 2))) return itemsIn(header, file.size);
      const trailer = Buffer.from(file.read(file.size - 4, 4));
      if (trailer.length === 4 && trailer.readUInt32LE(0) === expected % 2 ** 32)
        return { header, items: header.dims[0] ?? 0 };
    } finally {
      file.close();
    }
    return itemsIn(header, readInflated(source, path).length);
  } catch (error) {
    return { header, items: 0, damage: reasonOf(error) };
  }
};

/** Labels of an IDX file with one dimension, as many as there are. Null: not such a file. */
export const readIdxLabels = (
  source: FileSource,
  path: string,
): { readonly labels: Uint8Array; readonly damage?: string } | null => {
  const head = readIdxHeader(source, path);
  if (head?.dims.length !== 1) return null;
  try {
    const bytes = readInflated(source, path);
    const { items, damage } = itemsIn(head, bytes.length);
    const labels = bytes.subarray(head.start, head.start + items);
    return damage === undefined ? { labels } : { labels, damage };
  } catch (error) {
    return { labels: new Uint8Array(0), damage: reasonOf(error) };
  }
};
