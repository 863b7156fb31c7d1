import { throwIfCancelled } from '../../common/async';
import { LongtailError } from '../../common/errors';
import { openIndex } from '../indexFile';
import { runJob, type FailedOutcome } from '../runThread';
import { slots } from '../scanProtocol';
import type { InspectJob, InspectOutcome, NearJob } from './inspectJob';
import { printDataset } from './near/printClient';
import type { Inspection } from './types';

/** How often progress is reported, at most. */
const progressMs = 100;

/** How many of 64 bits two hashes may differ in, where it is not said. */
export const usualRadius = 4;
export const largestRadius = 12;

export interface InspectOptions {
  readonly workerPath: string;
  /** Decode all pictures and look for those that look the same: within so many bits of 64. */
  readonly near?: number;
  readonly signal?: AbortSignal;
  /** Share done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
}

/** Of the time of an inspection with near twins, what decoding takes. */
const decodingShare = 0.8;

const printsFor = async (
  indexPath: string,
  radius: number,
  options: InspectOptions,
): Promise<NearJob> => {
  const index = openIndex(indexPath);
  if (index.modality !== 'image')
    throw new LongtailError('inspect/near-no-pictures', { root: index.root });
  const prints = await printDataset(
    { indexPath, samples: index.samples },
    { ...options, onProgress: (share) => options.onProgress?.(share * decodingShare) },
  );
  return { prints, radius };
};

/**
 * Looks into the samples of a scanned dataset in threads of its own: `indexPath` as `scanDataset`
 * gives it, `workerPath` the bundled `inspectWorker`, the decoder's wasm file beside it.
 * LongtailErrors `inspect/no-files`, `inspect/near-no-pictures`, `dataset/index-unreadable`;
 * CancelledError within 200 ms of the signal.
 */
export const inspectDataset = async (
  indexPath: string,
  options: InspectOptions,
): Promise<Inspection> => {
  const { workerPath, signal, near, onProgress } = options;
  throwIfCancelled(signal);
  const made = near === undefined ? undefined : await printsFor(indexPath, near, options);
  const job: InspectJob = {
    kind: 'inspect',
    indexPath,
    ...(made === undefined ? {} : { near: made }),
    shared: new SharedArrayBuffer(4 * slots.count),
  };
  const shared = new Int32Array(job.shared);
  const before = made === undefined ? 0 : decodingShare;
  const timer = setInterval(() => {
    const share = Atomics.load(shared, slots.share) / 1e6;
    onProgress?.(before + (1 - before) * share);
  }, progressMs);
  try {
    return (await runJob<Exclude<InspectOutcome, FailedOutcome>>(workerPath, job, signal))
      .inspection;
  } finally {
    clearInterval(timer);
  }
};
