import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../atomicFile';

/** Raised when decoding or resizing changes, so that old caches are not read. */
const policyVersion = 1;
/** Largest size of all caches of a folder together; the least recently used go first. */
const boundBytes = 4 * 1024 ** 3;

export interface CachedPixels {
  readonly pixels: Uint8Array;
  /** One byte a row: 0 readable, 1 not. */
  readonly unreadable: Uint8Array;
}

/** What decides whether cached pixels are those of the files now. */
export interface PixelKey {
  readonly fingerprint: string;
  readonly shape: readonly number[];
  readonly rows: Uint32Array;
  /** Size and time of change of every row's file, in the order of the rows. */
  readonly stamps: Float64Array;
}

const folderOf = (cacheFolder: string): string => join(cacheFolder, 'pixels');

/** Path of the cache file for a key. */
export const pixelCachePath = (cacheFolder: string, key: PixelKey): string => {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([policyVersion, key.fingerprint, key.shape, key.rows.length]));
  hash.update(new Uint8Array(key.rows.buffer, key.rows.byteOffset, key.rows.byteLength));
  hash.update(new Uint8Array(key.stamps.buffer, key.stamps.byteOffset, key.stamps.byteLength));
  return join(folderOf(cacheFolder), `${hash.digest('hex').slice(0, 32)}.u8`);
};

/** Cached pixels of `rows` pictures of `size` bytes each, or null where there are none. */
export const readPixels = (path: string, rows: number, size: number): CachedPixels | null => {
  try {
    const bytes = readFileSync(path);
    if (bytes.length !== rows * (size + 1)) return null;
    const now = new Date();
    utimesSync(path, now, now);
    return { pixels: bytes.subarray(0, rows * size), unreadable: bytes.subarray(rows * size) };
  } catch {
    return null;
  }
};

/** Drops the least recently used of a folder's caches (named `…<suffix>`) over the bound. */
export const dropOldest = (folder: string, suffix: string): void => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .map((name) => ({ path: join(folder, name), stat: statSync(join(folder, name)) }))
    .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs);
  let total = 0;
  for (const { path, stat } of files) {
    total += stat.size;
    if (total > boundBytes) rmSync(path, { force: true });
  }
};

/** Keeps decoded pixels and drops the oldest caches over the bound. A full disk costs the cache only. */
export const writePixels = (path: string, cached: CachedPixels): void => {
  try {
    mkdirSync(join(path, '..'), { recursive: true });
    writeAtomic(path, cached.pixels, cached.unreadable);
    dropOldest(join(path, '..'), '.u8');
  } catch {
    rmSync(path, { force: true });
  }
};
