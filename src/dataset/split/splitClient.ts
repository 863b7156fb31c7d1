import { throwIfCancelled } from '../../common/async';
import { CancelledError, LongtailError } from '../../common/errors';
import { runThread } from '../runThread';
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
  const outcome = await runThread<SplitOutcome>(workerPath, whole, signal);
  if (outcome.kind === 'failed') throw new LongtailError(outcome.code, outcome.params);
  if (outcome.kind === 'cancelled') throw new CancelledError();
  return outcome.summary;
};
