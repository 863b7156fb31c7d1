import { CancelledError, LongtailError } from '../../common/errors';
import { openIndex } from '../indexFile';
import type { RowsJob, SamplesJob } from './samplesJob';
import type { FailedOutcome } from '../runThread';
import type { SplitJob } from '../split/splitJob';
import { slots } from '../scanProtocol';
import type { DatasetIndex, FileSource } from '../types';
import { openContents } from './contents';
import { readMedia } from './media';
import { describeTwins } from './near/describeTwins';
import type { PrintJob } from './near/printJob';
import type { Prints } from './near/printSamples';
import { describeRepeats, findRepeatedFiles } from './repeats';
import type { Inspection, StepTick } from './types';

/** `shared` has the slots of a scan; only `cancel` and `share` are used. */
export interface InspectJob {
  readonly kind: 'inspect';
  readonly indexPath: string;
  /** Prints of the pictures, where near twins are asked for. */
  readonly near?: NearJob;
  readonly shared: SharedArrayBuffer;
}

export interface NearJob {
  readonly prints: Prints;
  readonly radius: number;
}

/** The worker's one message. */
export type InspectOutcome =
  { readonly kind: 'done'; readonly inspection: Inspection } | FailedOutcome;

/** What the thread does. */
export type WorkerJob = InspectJob | PrintJob | RowsJob | SamplesJob | SplitJob;

/** Whether a thread was started with a job. */
export const isInspectJob = (value: unknown): value is WorkerJob =>
  typeof value === 'object' &&
  value !== null &&
  'indexPath' in value &&
  typeof value.indexPath === 'string' &&
  'kind' in value &&
  'shared' in value &&
  value.shared instanceof SharedArrayBuffer;

/** Looks into all samples of an index. `tick` is told the share done, 0 … 1, and may throw. */
export const inspectIndex = (
  index: DatasetIndex,
  source: FileSource,
  tick: (share: number) => void,
  near?: NearJob,
): Inspection => {
  const steps = near === undefined ? 2 : 3;
  const step =
    (place: number): StepTick =>
    (done, total) =>
      tick((place + done / Math.max(1, total)) / steps);
  const contents = openContents(source, index);
  try {
    const found = findRepeatedFiles(index.samples, contents, step(0));
    const media = readMedia(index, source, contents, step(1));
    const { root, format, fingerprint } = index;
    return {
      schema: 'longtail.inspection/1',
      dataset: { root, format, fingerprint },
      samples: index.samples,
      repeats: describeRepeats(found, index, source),
      media,
      ...(near === undefined
        ? {}
        : { near: describeTwins({ ...near, equal: found.groups }, { index, source }, step(2)) }),
    };
  } finally {
    contents.close();
  }
};

/** One inspection from start to end. Failure and cancellation are outcomes, as of a scan. */
export const runInspectJob = (job: InspectJob, source: FileSource): InspectOutcome => {
  const shared = new Int32Array(job.shared);
  try {
    const index = openIndex(job.indexPath, source);
    const tick = (share: number): void => {
      Atomics.store(shared, slots.share, Math.round(share * 1e6));
      if (Atomics.load(shared, slots.cancel) !== 0) throw new CancelledError();
    };
    const inspection = inspectIndex(index, source, tick, job.near);
    return { kind: 'done', inspection };
  } catch (error) {
    if (error instanceof CancelledError) return { kind: 'cancelled' };
    if (error instanceof LongtailError)
      return { kind: 'failed', code: error.code, params: error.params };
    throw error;
  }
};
