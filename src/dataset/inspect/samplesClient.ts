import { runJob, type FailedOutcome } from '../runThread';
import { slots } from '../scanProtocol';
import type { SamplesJob, SamplesOutcome } from './samplesJob';
import type { ClassSamples, WantedSamples } from './samplesOfClass';

/**
 * `samplesOfClass` in a thread of its own: lines of large text files are counted for it,
 * and with `pictures` its samples are read to be looked at.
 * `workerPath` is the bundled `inspectWorker`. LongtailError `dataset/index-unreadable`.
 */
export const listSamples = async (
  indexPath: string,
  wanted: WantedSamples,
  workerPath: string,
  pictures = false,
): Promise<ClassSamples> => {
  const shared = new SharedArrayBuffer(4 * slots.count);
  const job: SamplesJob = { kind: 'samples', indexPath, wanted, pictures, shared };
  return (await runJob<Exclude<SamplesOutcome, FailedOutcome>>(workerPath, job, undefined)).samples;
};
