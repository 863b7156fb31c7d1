import { constants, gunzipSync } from 'node:zlib';
import type { FileSource, OpenFile } from '../types';

/** Compressed files are held inflated: not above this, and not above 256 times their size. */
const maxInflated = 1024 ** 3;
const maxRatio = 256;
const alwaysAllowed = 64 * 1024 * 1024;
/** Compressed bytes that are looked at for a head: they inflate to 66 MB at most. */
const headBytes = 64 * 1024;

/** Whether bytes begin as gzip does (RFC 1952). */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Name of a file without the ending that says it is compressed. */
export const withoutGz = (name: string): string => name.replace(/\.gz$/i, '');

/** Inflates what is there; a missing end is no error. Throws with code EFBIG above the limit. */
const inflate = (bytes: Uint8Array, maxOutputLength: number): Uint8Array => {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength });
  } catch (error) {
    if (error instanceof RangeError)
      throw Object.assign(new Error('inflates to too much', { cause: error }), { code: 'EFBIG' });
    throw error;
  }
};

const inMemory = (bytes: Uint8Array): OpenFile => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
  close: () => undefined,
});

/** A file, or what a gzip file holds. Throws what the source and zlib throw, EFBIG for a bomb. */
export const openBytes = (source: FileSource, path: string): OpenFile => {
  const file = source.open(path);
  if (!isGzip(file.read(0, 2))) return file;
  try {
    if (file.size > maxInflated) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
    const limit = Math.min(maxInflated, Math.max(alwaysAllowed, maxRatio * file.size));
    return inMemory(inflate(file.read(0, file.size), limit));
  } finally {
    file.close();
  }
};

/** The first `length` bytes, or fewer, of a file or of what a gzip file holds. */
export const readHead = (source: FileSource, path: string, length: number): Uint8Array => {
  const file = source.open(path);
  try {
    const head = file.read(0, Math.max(length, headBytes));
    if (!isGzip(head)) return head.subarray(0, length);
    return inflate(head.subarray(0, headBytes), 2 * alwaysAllowed).slice(0, length);
  } finally {
    file.close();
  }
};
