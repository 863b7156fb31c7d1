import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles, runsFolder } from '../protocol/runFiles';
import type { RunRecord, TrainerEventBody } from '../protocol/trainer';
import type { RebalanceConfig } from '../config/schema';
import type { Task } from '../dataset/types';
import { dropHalfFiles } from './atomicFile';
import { dropCheckpoints, type Checkpoint } from './checkpoint';
import { isAlive } from './isAlive';
import { readStageWeights } from './network';
import { sharedStages } from './plan';
import { startOf } from './stages/runStage';
import type { RunReport, RunSummary } from '../report/types';
import { readEventLog } from './events';
import { readReport } from './report';
import { readRecord } from './runFolder';
import { otherTrainer } from './runLock';

/** A baseline of this key in the store. */
export interface FoundBaseline {
  readonly folder: string;
  readonly record: RunRecord;
}

const candidates = (store: string, key: string): readonly FoundBaseline[] => {
  const folder = join(store, runsFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isDirectory())
    .flatMap((path) => {
      const record = readRecord(path);
      const fits = record?.role === 'baseline' && record.baselineKey === key;
      return fits ? [{ folder: path, record }] : [];
    });
};

/** A finished baseline of this key whose predictions are there, or null. */
export const findBaseline = (store: string, key: string): FoundBaseline | null =>
  candidates(store, key).find(
    ({ folder, record }) =>
      record.state === 'completed' &&
      existsSync(join(folder, runFiles.report)) &&
      existsSync(join(folder, runFiles.predictions, 'test.npz')),
  ) ?? null;

/**
 * Removes what trainers that were killed left in a finished baseline: the first one after its last word,
 * or a sweep while it kept features there. Others may be reading it, or keeping theirs.
 */
export const tidyFinished = (folder: string): void => {
  dropCheckpoints(folder);
  dropHalfFiles(folder, (pid) => !isAlive(pid));
};

/** A baseline of this key that was left unfinished by a process that is gone, or null. */
export const findUnfinished = (store: string, key: string, own: string): FoundBaseline | null =>
  candidates(store, key).find(
    ({ folder, record }) =>
      folder !== own && record.state !== 'completed' && otherTrainer(folder) === null,
  ) ?? null;

/** What a recipe's run shows of a baseline trained before: its stages and validation curves. */
export const pastEvents = (folder: string): readonly TrainerEventBody[] =>
  readEventLog(folder).filter(({ kind }) =>
    ['stage/start', 'epoch', 'eval', 'stage/end'].includes(kind),
  );

/**
 * Where a recipe whose first stages are plain can begin: after them, with the baseline's weights.
 * The draws depend on seed and place alone, so it ends as if it had trained them itself. null when
 * nothing is shared.
 */
export const startAfterBaseline = (
  config: RebalanceConfig,
  folder: string,
  { planKey, task }: { readonly planKey: string; readonly task: Task },
): Checkpoint | null => {
  const shared = sharedStages(config, task);
  const all = shared === config.stages.length;
  const weights = shared > 0 ? readStageWeights(folder, all ? 'all' : shared) : null;
  if (weights === null) return null;
  // What only comes after training took no training of its own.
  const timings = all ? [] : (readReport(folder)?.timings.slice(0, shared) ?? []);
  return { place: startOf(shared), seq: -1, planKey, timings, weights, velocities: new Map() };
};

/** The part of a baseline's report that goes into the reports of its recipes. */
export const summaryOf = (report: RunReport, key: string): RunSummary => ({
  id: report.id,
  title: report.title,
  baselineKey: key,
  scores: report.scores,
  seconds: report.timings.reduce((sum, timing) => sum + timing.seconds, 0),
});
