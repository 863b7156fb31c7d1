import { resolve } from 'node:path';
import { CancelledError, LongtailError } from '../common/errors';
import { throwIfCancelled } from '../common/async';
import { defaultCacheFolder, indexPathFor, isSmallAndCurrent, type IndexState } from './indexCache';
import { openIndex } from './indexFile';
import { nodeFileSource, statLater } from './nodeFileSource';
import { runThread } from './runThread';
import { slots } from './scanProtocol';
import type { CheckOutcome, ScanJob, ScanOutcome } from './scanProtocol';
import type { DatasetIndex, FormatOptions, ScanOptions, ScanProgress } from './types';

/** How often progress is reported, at most; looked for more often until there is any. */
const progressMs = 50;
const firstMs = 10;

export interface ScanResult {
  readonly index: DatasetIndex;
  readonly indexPath: string;
  readonly fromCache: boolean;
}

const readProgress = (shared: Int32Array): ScanProgress => {
  const share = Atomics.load(shared, slots.share);
  return {
    samples: Atomics.load(shared, slots.samples),
    classes: Atomics.load(shared, slots.classes),
    ...(share < 0 ? {} : { share: share / 1e6 }),
  };
};

/** Reports progress while it changes; returns the function that stops it. */
const reportProgress = (
  shared: Int32Array,
  onProgress: ScanOptions['onProgress'],
): (() => void) => {
  if (onProgress === undefined) return () => undefined;
  let last = 0;
  const look = (): void => {
    const progress = readProgress(shared);
    if (progress.samples !== last) {
      last = progress.samples;
      onProgress(progress);
    }
    timer = setTimeout(look, last > 0 ? progressMs : firstMs);
  };
  let timer = setTimeout(look, firstMs);
  return () => clearTimeout(timer);
};

/** The path as jobs and indexes have it. */
const rootOf = (root: string): string => resolve(root).replaceAll('\\', '/');

const indexPathOf = ({ cacheFolder, root, options }: ScanJob): string =>
  indexPathFor(cacheFolder, root, options);

/** Whether it is seen without a thread that nothing has changed. */
const isKnown = (job: ScanJob): Promise<boolean> =>
  isSmallAndCurrent(indexPathOf(job), nodeFileSource, statLater);

/**
 * Scans a dataset in a thread of its own, which writes an index into the cache; for who opens it
 * elsewhere. `workerPath` is the bundled `scanWorker`. LongtailErrors as `detectFormat` names them,
 * `dataset/cache-unwritable`; CancelledError within 200 ms of the signal.
 */
export const scanToFile = async (
  root: string,
  options: ScanOptions & { readonly workerPath: string },
): Promise<Omit<ScanResult, 'index'>> => {
  const { signal, onProgress, cacheFolder, fresh, workerPath, ...format } = options;
  throwIfCancelled(signal);
  const buffer = new SharedArrayBuffer(4 * slots.count);
  const shared = new Int32Array(buffer);
  const job: ScanJob = {
    root: rootOf(root),
    options: format,
    cacheFolder: cacheFolder ?? defaultCacheFolder(process.env),
    fresh: fresh ?? false,
    shared: buffer,
  };
  if (!job.fresh && (await isKnown(job))) return { indexPath: indexPathOf(job), fromCache: true };
  throwIfCancelled(signal);
  const stopReports = reportProgress(shared, onProgress);
  try {
    const outcome = await runThread<ScanOutcome>(workerPath, job, signal);
    if (outcome.kind === 'failed') throw new LongtailError(outcome.code, outcome.params);
    if (outcome.kind === 'cancelled') throw new CancelledError();
    throwIfCancelled(signal);
    return { indexPath: outcome.indexPath, fromCache: outcome.fromCache };
  } finally {
    stopReports();
  }
};

/** As `scanToFile`, with the index opened; LongtailErrors of `openIndex` too. */
export const scanDataset = async (
  root: string,
  options: ScanOptions & { readonly workerPath: string },
): Promise<ScanResult> => {
  const scanned = await scanToFile(root, options);
  return { index: openIndex(scanned.indexPath), ...scanned };
};

/**
 * Whether a dataset is still as its index has it, asked in the scan thread: every file is looked
 * at, none is read. CancelledError as of a scan.
 */
export const checkIndex = async (
  root: string,
  options: FormatOptions,
  {
    workerPath,
    cacheFolder,
    signal,
  }: { readonly workerPath: string; readonly cacheFolder: string; readonly signal?: AbortSignal },
): Promise<IndexState> => {
  throwIfCancelled(signal);
  const shared = new SharedArrayBuffer(4 * slots.count);
  const job: ScanJob = {
    ...{ root: rootOf(root), options, cacheFolder, shared },
    ...{ fresh: false, checkOnly: true },
  };
  if (await isKnown(job)) return 'current';
  throwIfCancelled(signal);
  const outcome = await runThread<CheckOutcome>(workerPath, job, signal);
  if (outcome.kind === 'cancelled') throw new CancelledError();
  return outcome.state;
};
