import { CancelledError, LongtailError } from '../common/errors';
import type { ChunkStore } from './columns';
import { Pair } from './crew/pair';
import { folderOf } from './formats/folders';
import { indexPathFor, indexState, pruneIndexCache } from './indexCache';
import { reasonOf } from './issues';
import type { FileStore, NewFile } from './nodeFileSource';
import { scanTo } from './scan';
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

const cacheFailure = (path: string, error: unknown): LongtailError =>
  new LongtailError(
    'dataset/cache-unwritable',
    { path, reason: reasonOf(error) },
    { cause: error },
  );

/**
 * A file in the making: it has another name until it is whole, so that a reader sees all of it or
 * none. Made with the first piece.
 */
const indexInMaking = (
  store: FileStore,
  path: string,
  temporary: string,
): { readonly chunks: ChunkStore; finish(): void; discard(): void } => {
  let file: NewFile | undefined;
  let [end, isThere] = [0, false];
  const orFail = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      throw cacheFailure(path, error);
    }
  };
  return {
    chunks: {
      put: (bytes) => {
        const start = end;
        orFail(() => {
          file ??= store.create(temporary);
          isThere = true;
          file.append(bytes);
        });
        end += bytes.length;
        return start;
      },
    },
    finish: () =>
      orFail(() => {
        file?.close();
        file = undefined;
        // Onto a name that is there, some file systems write all of it to the disk first. An index
        // that is cut short by a power failure lacks its end, and is none.
        store.remove(path);
        store.rename(temporary, path);
        isThere = false;
      }),
    discard: () => {
      file?.close();
      if (isThere) store.remove(temporary);
    },
  };
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
  const file = indexInMaking(tools.store, indexPath, `${indexPath}.${tools.tag}.tmp`);
  try {
    if (!job.fresh && indexState(indexPath, tools.source, crew) === 'current')
      return { kind: 'done', indexPath, fromCache: true };
    try {
      tools.store.makeFolder(folder);
    } catch (error) {
      throw cacheFailure(folder, error);
    }
    scanTo(tools.source, job.root, job.options, {
      store: file.chunks,
      tick,
      now: tools.now,
      ...(crew === undefined ? {} : { crew }),
    });
    checkCancelled();
    file.finish();
    pruneIndexCache(folder, { ...tools, now: tools.now() }, indexPath);
    return { kind: 'done', indexPath, fromCache: false };
  } catch (error) {
    if (error instanceof CancelledError) return { kind: 'cancelled' };
    if (error instanceof LongtailError)
      return { kind: 'failed', code: error.code, params: error.params };
    throw error;
  } finally {
    crew?.close();
    file.discard();
  }
};
