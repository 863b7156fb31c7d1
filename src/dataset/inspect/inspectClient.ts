import { throwIfCancelled } from '../../common/async';
import { CancelledError, LongtailError } from '../../common/errors';
import { runThread } from '../runThread';
import { slots } from '../scanProtocol';
import type { InspectJob, InspectOutcome } from './inspectJob';
import type { Inspection } from './types';

/** How often progress is reported, at most. */
const progressMs = 100;

/**
 * Looks into the samples of a scanned dataset in a thread of its own: `indexPath` as `scanDataset`
 * gives it, `workerPath` the bundled `inspectWorker`. LongtailErrors `inspect/no-files`,
 * `dataset/index-unreadable`; CancelledError within 200 ms of the signal.
 */
export const inspectDataset = async (
  indexPath: string,
  options: {
    readonly workerPath: string;
    readonly signal?: AbortSignal;
    /** Share done, 0 … 1. */
    readonly onProgress?: (share: number) => void;
  },
): Promise<Inspection> => {
  const { workerPath, signal, onProgress } = options;
  throwIfCancelled(signal);
  const job: InspectJob = { indexPath, shared: new SharedArrayBuffer(4 * slots.count) };
  const shared = new Int32Array(job.shared);
  const timer = setInterval(
    () => onProgress?.(Atomics.load(shared, slots.share) / 1e6),
    progressMs,
  );
  try {
    const outcome = await runThread<InspectOutcome>(workerPath, job, signal);
    if (outcome.kind === 'failed') throw new LongtailError(outcome.code, outcome.params);
    if (outcome.kind === 'cancelled') throw new CancelledError();
    throwIfCancelled(signal);
    return outcome.inspection;
  } finally {
    clearInterval(timer);
  }
};
