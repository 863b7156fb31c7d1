import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancelledError, LongtailError, type Issue } from '../common/errors';
import type { RebalanceConfig } from '../config/schema';
import { runFiles } from '../protocol/runFiles';
import type { TrainerJob } from '../protocol/trainer';
import { selectBackend } from './backend/selectBackend';
import type { Backend } from './backend/types';
import { loadTrainingData, type TrainingData } from './data/trainingData';
import { openEarlyLog } from './events';
import { isConvolutional } from './models';
import { openConfig, plainConfigOf, trainingKey, withSeed } from './plan';
import { checkPosthoc } from './posthoc';
import { readRecord } from './runFolder';
import { checkUnchanged } from './unchanged';

/** What the process around a session gives it. */
export interface Control {
  readonly shouldStop: () => boolean;
  /** Lets messages in; called often. */
  readonly breathe: () => Promise<void>;
  readonly onAppend: () => void;
  /** Folder of this bundle: the decoder lies beside it. */
  readonly bundleFolder: string;
}

/** A job that is ready to train. */
export interface Prepared {
  readonly text: string;
  readonly configPath: string;
  readonly config: RebalanceConfig;
  readonly backend: Backend;
  readonly data: TrainingData;
  readonly issues: readonly Issue[];
  /** Key of the plain training that a recipe is compared with. */
  readonly baselineKey: string;
}

const readText = (path: string): string => {
  if (!existsSync(path)) throw new LongtailError('train/no-config', { path });
  return readFileSync(path, 'utf8');
};

/** Throws `CancelledError` once the job is to stop. */
export const throwIfStopped = (control: Control): void => {
  if (control.shouldStop()) throw new CancelledError();
};

/**
 * Backend, config and data of a job, checked; nothing is trained yet. `change` makes another config
 * of the one that was read.
 */
export const prepare = async (
  job: TrainerJob,
  control: Control,
  change: (config: RebalanceConfig) => RebalanceConfig = (config) => config,
): Promise<Prepared> => {
  const { configPath } = job;
  const kept = join(job.runFolder, runFiles.config);
  // A run that was stopped while its data were made ready has no config of its own yet; one that
  // repeats another has that one's.
  const own = (job.resume || job.seed !== undefined) && existsSync(kept);
  const text = withSeed(readText(own ? kept : configPath), job.seed);
  const config = change(openConfig(text, configPath, null).config);
  const backend = await selectBackend(config.backend);
  if (backend.id === 'cpu' && isConvolutional(config.model))
    throw new LongtailError('train/cpu-conv', { model: config.model.kind });
  const issues: Issue[] = [];
  if (backend.fallback !== null) issues.push({ ...backend.fallback, severity: 'warning' });
  const attempt = (readRecord(job.runFolder)?.attempt ?? 0) + 1;
  const early = openEarlyLog(job.runFolder, { attempt, onAppend: control.onAppend });
  const data = await loadTrainingData({
    config,
    configPath,
    cacheFolder: job.cacheFolder,
    workerFolder: control.bundleFolder,
    backend,
    check: (facts) => issues.push(...openConfig(text, configPath, facts).warnings),
    tick: () => throwIfStopped(control),
    onFeatures: (progress) => early.write({ kind: 'features', ...progress }),
  });
  checkUnchanged(job, data);
  checkPosthoc(config, data);
  const baselineKey = trainingKey(plainConfigOf(config, data.task), data, backend);
  return {
    text,
    configPath,
    config,
    backend,
    data,
    issues: [...issues, ...data.issues],
    baselineKey,
  };
};
