import { CancelledError, LongtailError } from '../common/errors';
import type { ChunkStore } from './columns';
import { Pair } from './crew/pair';
import { folderOf } from './formats/folders';
import { indexPathFor, indexState, pruneIndexCache } from './indexCache';
import { reasonOf } from './issues';
import type { FileStore, NewFile } from './nodeFileSource';
import { scanToBytes } from './scan';
import { slots } from './scanProtocol';
import type { CheckOutcome, ScanJob, ScanOutcome } from './scanProtocol';
import type { FileSource } from './types';

export interface JobTools {
  readonly source: FileSource;
  readonly store: FileStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Makes the names of temporary files unlike those of another scan. */
  readonly tag: string;
  /** Bundle of the thread that helps; without it the scan reads alone. */
  readonly secondPath?: string;
}

/** Chunks in a file that is made when the first chunk is full: small datasets never need it. */
const spillFile = (
  store: FileStore,
  path: string,
): { readonly chunks: ChunkStore; close(): void } => {
  let file: NewFile | undefined;
  let end = 0;
  return {
    chunks: {
      put: (bytes) => {
        const target = (file ??= store.create(path));
        const start = end;
        const { length } = bytes;
        target.append(bytes);
        end += length;
        return () => target.read(start, length);
      },
    },
    close: () => {
      file?.close();
      if (file !== undefined) store.remove(path);
    },
  };
};

const cacheFailure = (path: string, error: unknown): LongtailError =>
  new LongtailError(
    'dataset/cache-unwritable',
    { path, reason: reasonOf(error) },
    { cause: error },
  );

/** Writes pieces to a temporary file and renames it: a reader sees all of it or none. */
const writeWhole = (
  store: FileStore,
  path: string,
  temporary: string,
  pieces: Iterable<Uint8Array>,
  checkCancelled: () => void,
): void => {
  let file: NewFile | undefined;
  try {
    file = store.create(temporary);
    for (const piece of pieces) {
      file.append(piece);
      checkCancelled();
    }
    file.close();
    file = undefined;
    store.rename(temporary, path);
  } catch (error) {
    file?.close();
    store.remove(temporary);
    throw error instanceof CancelledError ? error : cacheFailure(path, error);
  }
};

const cancelCheck = (shared: Int32Array) => (): void => {
  if (Atomics.load(shared, slots.cancel) !== 0) throw new CancelledError();
};

const crewOf = (
  { source, secondPath }: Pick<JobTools, 'source' | 'secondPath'>,
  checkCancelled: () => void,
): Pair | undefined =>
  secondPath === undefined ? undefined : new Pair(source, secondPath, checkCancelled);

/** Whether a dataset is still as its index has it: every file is looked at, none is read or written. */
export const runCheckJob = (
  job: ScanJob,
  tools: Pick<JobTools, 'source' | 'secondPath'>,
): CheckOutcome => {
  const checkCancelled = cancelCheck(new Int32Array(job.shared));
  const crew = crewOf(tools, checkCancelled);
  try {
    checkCancelled();
    const indexPath = indexPathFor(job.cacheFolder, job.root, job.options);
    return { kind: 'checked', state: indexState(indexPath, tools.source, crew) };
  } catch (error) {
    if (error instanceof CancelledError) return { kind: 'cancelled' };
    throw error;
  } finally {
    crew?.close();
  }
};

/**
 * One scan from start to index file: the cached one if nothing changed, else a new one. Never
 * throws what belongs to the user: failure and cancellation are outcomes.
 */
export const runScanJob = (job: ScanJob, tools: JobTools): ScanOutcome => {
  const shared = new Int32Array(job.shared);
  const checkCancelled = cancelCheck(shared);
  const tick = (samples: number, classes: number, share: number | undefined): void => {
    Atomics.store(shared, slots.samples, samples);
    Atomics.store(shared, slots.classes, classes);
    Atomics.store(shared, slots.share, share === undefined ? -1 : Math.round(share * 1e6));
    checkCancelled();
  };
  const indexPath = indexPathFor(job.cacheFolder, job.root, job.options);
  const folder = folderOf(indexPath);
  const crew = crewOf(tools, checkCancelled);
  const spill = spillFile(tools.store, `${indexPath}.${tools.tag}.spill`);
  try {
    if (!job.fresh && indexState(indexPath, tools.source, crew) === 'current')
      return { kind: 'done', indexPath, fromCache: true };
    try {
      tools.store.makeFolder(folder);
    } catch (error) {
      throw cacheFailure(folder, error);
    }
    const pieces = scanToBytes(tools.source, job.root, job.options, {
      store: spill.chunks,
      tick,
      now: tools.now,
      ...(crew === undefined ? {} : { crew }),
    });
    writeWhole(tools.store, indexPath, `${indexPath}.${tools.tag}.tmp`, pieces, checkCancelled);
    pruneIndexCache(folder, { ...tools, now: tools.now() }, indexPath);
    return { kind: 'done', indexPath, fromCache: false };
  } catch (error) {
    if (error instanceof CancelledError) return { kind: 'cancelled' };
    if (error instanceof LongtailError)
      return { kind: 'failed', code: error.code, params: error.params };
    throw error;
  } finally {
    crew?.close();
    spill.close();
  }
};
