import { LongtailError } from '../common/errors';
import type { TrainerJob } from '../protocol/trainer';
import type { TrainingData } from './data/trainingData';
import { readRecord } from './runFolder';

/**
 * Holds the samples against those the run began with (`train/dataset-changed`), and against those of
 * the scan it was asked for on (`train/dataset-rescan`).
 */
export const checkUnchanged = (
  job: TrainerJob,
  data: Pick<TrainingData, 'fingerprint' | 'root'>,
): void => {
  const { fingerprint, root } = data;
  const before = job.resume ? readRecord(job.runFolder)?.fingerprint : undefined;
  if (before !== undefined && before !== fingerprint)
    throw new LongtailError('train/dataset-changed', { root });
  if (job.fingerprint !== undefined && job.fingerprint !== fingerprint)
    throw new LongtailError('train/dataset-rescan', { root });
};
