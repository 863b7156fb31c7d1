import { throwIfCancelled } from '../../common/async';
import { runJob, type FailedOutcome } from '../runThread';
import { slots } from '../scanProtocol';
import type { SplitJob, SplitOutcome } from './splitJob';
import type { SplitSummary } from './types';

/**
 * Proposes a split of a scanned dataset in a thread of its own, and writes it where the job names
 * a folder; that it lies outside the dataset is the caller's to check. `workerPath` is the bundled
 * `inspectWorker`. LongtailErrors of `proposeSplit`, `propose/cannot-write`,
 * `propose/numbers-need-one-label`; CancelledError within 200 ms of the signal.
 */
export const splitDataset = async (
  job: Pick<SplitJob, 'indexPath' | 'request' | 'output'>,
  options: { readonly workerPath: string; readonly signal?: AbortSignal },
): Promise<SplitSummary> => {
  const { workerPath, signal } = options;
  throwIfCancelled(signal);
  const shared = new SharedArrayBuffer(4 * slots.count);
  const whole: SplitJob = { ...job, kind: 'split', shared };
  return (await runJob<Exclude<SplitOutcome, FailedOutcome>>(workerPath, whole, signal)).summary;
};
