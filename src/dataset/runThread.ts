import { Worker } from 'node:worker_threads';
import { CancelledError, LongtailError, type MessageParams } from '../common/errors';
import { slots } from './scanProtocol';

/** How long a cancelled thread may take to notice before it is ended from outside. */
const graceMs = 100;

/**
 * Runs a thread of one job to the one message it posts, and waits until it has ended: only then is
 * its memory free for what comes next. Settles once; after an abort with `cancelled` within the
 * grace period. Rejects when the thread dies.
 */
export const runThread = <Outcome>(
  workerPath: string,
  job: { readonly shared: SharedArrayBuffer },
  signal: AbortSignal | undefined,
): Promise<Outcome | { readonly kind: 'cancelled' }> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(workerPath, { workerData: job });
    const shared = new Int32Array(job.shared);
    let grace: NodeJS.Timeout | undefined;
    let posted: { readonly outcome: Outcome } | undefined;
    const cancel = (): void => {
      Atomics.store(shared, slots.cancel, 1);
      grace = setTimeout(() => {
        void worker.terminate();
        resolve({ kind: 'cancelled' });
      }, graceMs);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    worker.once('message', (outcome: Outcome) => (posted = { outcome }));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(grace);
      signal?.removeEventListener('abort', cancel);
      if (posted !== undefined) resolve(posted.outcome);
      // After a cancellation this changes nothing: a promise settles once.
      else reject(new Error(`the thread ended with code ${String(code)}`));
    });
  });

/** How a job ends that does not get done. */
export type FailedOutcome =
  | { readonly kind: 'failed'; readonly code: string; readonly params: MessageParams }
  | { readonly kind: 'cancelled' };

/** `runThread` to what the job got done; its LongtailError or CancelledError is thrown. */
export const runJob = async <Done extends { readonly kind: 'done' }>(
  workerPath: string,
  job: { readonly shared: SharedArrayBuffer },
  signal: AbortSignal | undefined,
): Promise<Done> => {
  const outcome = await runThread<Done | FailedOutcome>(workerPath, job, signal);
  if (outcome.kind === 'failed') throw new LongtailError(outcome.code, outcome.params);
  if (outcome.kind === 'cancelled' || signal?.aborted === true) throw new CancelledError();
  return outcome;
};
