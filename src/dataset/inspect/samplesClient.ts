import { runJob, type FailedOutcome } from '../runThread';
import { slots } from '../scanProtocol';
import type { RowsJob, RowsOutcome, SamplesJob, SamplesOutcome } from './samplesJob';
import type { ClassSamples, WantedSamples } from './samplesOfClass';
import type { RowSamples, WantedRows } from './samplesOfRows';

const sharedSlots = (): SharedArrayBuffer => new SharedArrayBuffer(4 * slots.count);

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
  const job: SamplesJob = { kind: 'samples', indexPath, wanted, pictures, shared: sharedSlots() };
  return (await runJob<Exclude<SamplesOutcome, FailedOutcome>>(workerPath, job, undefined)).samples;
};

/** `samplesOfRows` likewise. LongtailErrors `dataset/index-unreadable`, `dataset/index-other`. */
export const listRows = async (
  indexPath: string,
  wanted: WantedRows,
  workerPath: string,
  pictures = false,
): Promise<RowSamples> => {
  const job: RowsJob = { kind: 'rows', indexPath, wanted, pictures, shared: sharedSlots() };
  return (await runJob<Exclude<RowsOutcome, FailedOutcome>>(workerPath, job, undefined)).samples;
};
