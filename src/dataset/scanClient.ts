import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CancelledError, LongtailError } from '../common/errors';
import { throwIfCancelled } from '../common/async';
import { defaultCacheFolder } from './indexCache';
import { openIndex } from './indexFile';
import { slots } from './scanProtocol';
import type { ScanJob, ScanOutcome } from './scanProtocol';
import type { DatasetIndex, ScanOptions, ScanProgress } from './types';

/** How often progress is reported, at most. */
const progressMs = 100;
/** How long a cancelled thread may take to notice before it is ended from outside. */
const graceMs = 100;

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
  const timer = setInterval(() => {
    const progress = readProgress(shared);
    if (progress.samples === last) return;
    last = progress.samples;
    onProgress(progress);
  }, progressMs);
  return () => clearInterval(timer);
};

/** Runs one worker to its outcome. Settles once; after an abort within the grace period. */
const runWorker = (
  workerPath: string,
  job: ScanJob,
  shared: Int32Array,
  signal: AbortSignal | undefined,
): Promise<ScanOutcome> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(workerPath, { workerData: job });
    let grace: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      Atomics.store(shared, slots.cancel, 1);
      grace = setTimeout(() => {
        void worker.terminate();
        resolve({ kind: 'cancelled' });
      }, graceMs);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    worker.once('message', (outcome: ScanOutcome) => resolve(outcome));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(grace);
      signal?.removeEventListener('abort', cancel);
      // After a message this changes nothing: a promise settles once.
      reject(new Error(`the scan thread ended with code ${String(code)}`));
    });
  });

/**
 * Scans a dataset in a thread of its own and opens the index that it wrote into the cache.
 * `workerPath` is the bundled `scanWorker`. LongtailErrors as `detectFormat` and `openIndex` name
 * them, `dataset/cache-unwritable`; CancelledError within 200 ms of the signal.
 */
export const scanDataset = async (
  root: string,
  options: ScanOptions & { readonly workerPath: string },
): Promise<ScanResult> => {
  const { signal, onProgress, cacheFolder, fresh, workerPath, ...format } = options;
  throwIfCancelled(signal);
  const buffer = new SharedArrayBuffer(4 * slots.count);
  const shared = new Int32Array(buffer);
  const job: ScanJob = {
    root: resolve(root).replaceAll('\\', '/'),
    options: format,
    cacheFolder: cacheFolder ?? defaultCacheFolder(process.env),
    fresh: fresh ?? false,
    shared: buffer,
  };
  const stopReports = reportProgress(shared, onProgress);
  try {
    const outcome = await runWorker(workerPath, job, shared, signal);
    if (outcome.kind === 'failed') throw new LongtailError(outcome.code, outcome.params);
    if (outcome.kind === 'cancelled') throw new CancelledError();
    throwIfCancelled(signal);
    return {
      index: openIndex(outcome.indexPath),
      indexPath: outcome.indexPath,
      fromCache: outcome.fromCache,
    };
  } finally {
    stopReports();
  }
};
