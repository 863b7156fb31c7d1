import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../atomicFile';
import { dropOldest } from '../data/pixelCache';

/** Raised when decoding, enlarging or the networks change, so that old caches are not read. */
const policyVersion = 1;
const suffix = '.f16';

/** Features of pictures as they are kept: float16, one row a picture. */
export interface StoredFeatures {
  readonly halves: Uint16Array;
  /** One byte a row: 0 readable, 1 not. */
  readonly unreadable: Uint8Array;
}

/** What decides whether cached features are those of the files now. */
export interface FeatureKey {
  readonly fingerprint: string;
  readonly rows: Uint32Array;
  /** Size and time of change of every row's file. */
  readonly stamps: Float64Array;
  /** Network, hash of its weights, backend. */
  readonly network: readonly string[];
  readonly size: readonly number[];
  readonly mirrored: boolean;
}

/** Path of the cache file for a key. */
export const featureCachePath = (cacheFolder: string, key: FeatureKey): string => {
  const hash = createHash('sha256');
  const { fingerprint, network, size, mirrored, rows, stamps } = key;
  hash.update(JSON.stringify([policyVersion, fingerprint, network, size, mirrored, rows.length]));
  hash.update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
  hash.update(new Uint8Array(stamps.buffer, stamps.byteOffset, stamps.byteLength));
  return join(cacheFolder, 'features', `${hash.digest('hex').slice(0, 32)}${suffix}`);
};

/** Cached features of `values` numbers for `rows` pictures, or null where there are none. */
export const readFeatures = (
  path: string,
  { rows, values }: { readonly rows: number; readonly values: number },
): StoredFeatures | null => {
  try {
    const bytes = readFileSync(path);
    if (bytes.length !== 2 * values + rows) return null;
    const now = new Date();
    utimesSync(path, now, now);
    const copy = new Uint8Array(bytes);
    return {
      halves: new Uint16Array(copy.buffer, 0, values),
      unreadable: copy.subarray(2 * values),
    };
  } catch {
    return null;
  }
};

/** Keeps features and drops the oldest files over the bound. A full disk costs the cache only. */
export const writeFeatures = (path: string, { halves, unreadable }: StoredFeatures): void => {
  try {
    mkdirSync(join(path, '..'), { recursive: true });
    writeAtomic(
      path,
      new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength),
      unreadable,
    );
    dropOldest(join(path, '..'), suffix);
  } catch {
    rmSync(path, { force: true });
  }
};
