import { createHash } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { dropOldest } from '../data/pixelCache';
import { isAlive } from '../isAlive';

/** Raised when decoding, enlarging, the networks or this file change, so that old caches are not read. */
const policyVersion = 2;
const suffix = '.f16';

/** Features of pictures as they are kept: float16, one row a picture. */
export interface StoredFeatures {
  /** Numbers of a row: those of the picture, then those of its mirrored copy where there is one. */
  readonly perRow: number;
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

/** A record begins with its row (two words, low first), 1 where it is unreadable, and nothing. */
const headWords = 4;
const recordsAtOnce = 64;

/** Reads records as long as they are whole and of the rows expected; gives how many there are. */
const readRecords = (path: string, rows: Uint32Array, into: StoredFeatures): number => {
  const words = headWords + into.perRow;
  const records = new Uint16Array(recordsAtOnce * words);
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < rows.length;) {
      const wanted = Math.min(recordsAtOnce, rows.length - done);
      const got = readSync(file, records, 0, 2 * words * wanted, 2 * words * done);
      const whole = Math.floor(got / (2 * words));
      for (let i = 0; i < whole; i++, done++) {
        const record = records.subarray(i * words, (i + 1) * words);
        if ((record[0] ?? 0) + 65536 * (record[1] ?? 0) !== rows[done]) return done;
        into.unreadable[done] = record[2] ?? 0;
        into.halves.set(record.subarray(headWords), done * into.perRow);
      }
      if (whole < wanted) return done;
    }
    return rows.length;
  } finally {
    closeSync(file);
  }
};

const emptyFeatures = (rows: number, perRow: number): StoredFeatures => ({
  perRow,
  halves: new Uint16Array(rows * perRow),
  unreadable: new Uint8Array(rows),
});

/** Cached features of the rows, or null where there are none. */
export const readFeatures = (
  path: string,
  rows: Uint32Array,
  perRow: number,
): StoredFeatures | null => {
  try {
    if (statSync(path).size !== 2 * rows.length * (headWords + perRow)) return null;
    const features = emptyFeatures(rows.length, perRow);
    if (readRecords(path, rows, features) < rows.length) return null;
    const now = new Date();
    utimesSync(path, now, now);
    return features;
  } catch {
    return null;
  }
};

/**
 * The longest beginning that a process which is gone left behind, under this process's name; the
 * others are deleted.
 */
const adoptPart = (path: string): string => {
  const start = `${basename(path, suffix)}.part-`;
  const own = join(dirname(path), `${start}${process.pid}${suffix}`);
  const left = readdirSync(dirname(path))
    .filter((name) => name.startsWith(start))
    .filter((name) => {
      const pid = Number(name.slice(start.length, -suffix.length));
      return pid === process.pid || !isAlive(pid);
    })
    .map((name) => join(dirname(path), name))
    .sort((a, b) => statSync(b).size - statSync(a).size);
  for (const one of left.slice(1)) rmSync(one, { force: true });
  if (left[0] !== undefined && left[0] !== own) renameSync(left[0], own);
  return own;
};

/** Features that are being made, row after row, with what of them is on the disk already. */
export interface FeatureStore {
  /** All rows; those from `done` on are filled by the caller. */
  readonly features: StoredFeatures;
  /** Rows found from an earlier attempt that did not end. */
  readonly done: number;
  /** Puts the rows from here up to there on the disk. */
  append(start: number, end: number): void;
  /** All rows are there: the file gets its name, and the oldest ones over the bound are dropped. */
  finish(): void;
  /** Lets go of the file; what is unfinished stays for the next attempt. */
  close(): void;
}

/** Goes on with unfinished features, or begins. A full disk costs the cache only. */
export const openFeatureStore = (path: string, rows: Uint32Array, perRow: number): FeatureStore => {
  const features = emptyFeatures(rows.length, perRow);
  const words = headWords + perRow;
  const state = { file: null as number | null, part: '', done: 0 };
  const close = (): void => {
    if (state.file !== null) closeSync(state.file);
    state.file = null;
  };
  const tryDisk = (work: () => void): void => {
    try {
      work();
    } catch {
      close();
      rmSync(state.part, { force: true });
    }
  };
  tryDisk(() => {
    mkdirSync(dirname(path), { recursive: true });
    state.part = adoptPart(path);
    state.file = openSync(state.part, 'a');
    state.done = readRecords(state.part, rows, features);
    ftruncateSync(state.file, 2 * words * state.done);
  });
  return {
    features,
    done: state.done,
    append: (start, end) => {
      const { file } = state;
      if (file === null) return;
      const records = new Uint16Array((end - start) * words);
      for (let i = start; i < end; i++) {
        const row = rows[i] ?? 0;
        const head = [row & 65535, row >>> 16, features.unreadable[i] ?? 0, 0];
        records.set(head, (i - start) * words);
        records.set(
          features.halves.subarray(i * perRow, (i + 1) * perRow),
          (i - start) * words + headWords,
        );
      }
      const bytes = new Uint8Array(records.buffer);
      tryDisk(() => {
        for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      });
    },
    finish: () => {
      if (state.file === null) return;
      tryDisk(() => {
        close();
        renameSync(state.part, path);
        dropOldest(dirname(path), suffix);
      });
    },
    close,
  };
};
