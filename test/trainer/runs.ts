import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TrainerEvent } from '../../src/protocol/trainer';
import type { RunReport } from '../../src/report/types';
import {
  startTraining,
  type TrainingEnd,
  type TrainingOptions,
} from '../../src/run/trainerProcess';

/** The built trainer; another build can be named for work on it. */
export const trainerPath = resolve(process.env['LONGTAIL_DIST'] ?? 'dist', 'trainer.js');

if (!existsSync(trainerPath))
  throw new Error(`${trainerPath} is missing: these tests run the built trainer. npm run build`);

export interface Recipe {
  readonly model?: string;
  readonly backend?: string;
  readonly stages?: readonly string[];
  readonly posthoc?: string;
  readonly dataset?: string;
  readonly input?: string;
  readonly seed?: number;
}

export const plainStage =
  '{ name: train, epochs: 3, optimizer: { learningRate: 0.05, batchSize: 32 } }';
export const adjustedStage =
  '{ name: train, epochs: 3, loss: { kind: logit-adjusted }, optimizer: { learningRate: 0.05, batchSize: 32 } }';
export const classifierStage =
  '{ name: classifier, epochs: 4, trainable: classifier, init: again, sampler: { kind: class-balanced }, optimizer: { learningRate: 0.05, batchSize: 32 } }';

/** A place of its own for configs, store and cache. */
export const createBench = (folder: string, dataset: string) => {
  mkdirSync(folder, { recursive: true });
  const store = join(folder, 'store');
  const cacheFolder = join(folder, 'cache');
  const writeConfig = (name: string, recipe: Recipe): string => {
    const path = join(folder, `${name}.yaml`);
    const lines = [
      'version: 1',
      `seed: ${recipe.seed ?? 7}`,
      recipe.dataset ?? `dataset: { root: ${JSON.stringify(dataset)} }`,
      recipe.input ?? 'input: { augment: [crop] }',
      `model: ${recipe.model ?? '{ kind: resnet-8, width: 4 }'}`,
      'stages:',
      ...(recipe.stages ?? [plainStage]).map((stage) => `  - ${stage}`),
      `posthoc: ${recipe.posthoc ?? '{ kind: none }'}`,
      `backend: ${recipe.backend ?? 'auto'}`,
    ];
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  const start = (configPath: string, more: Partial<TrainingOptions> = {}) =>
    startTraining({ configPath, store, cacheFolder, trainerPath, ...more });
  return { folder, store, cacheFolder, writeConfig, start };
};

export type Bench = ReturnType<typeof createBench>;

/** The report of a run that must have completed. */
export const reportOf = (end: TrainingEnd): RunReport => {
  if (end.outcome !== 'completed') throw new Error(`not completed: ${JSON.stringify(end)}`);
  return end.report;
};

/** Everything of a report that must not depend on when and how often the run was started. */
export const lasting = (report: RunReport): unknown => ({
  ...report,
  id: '',
  timings: report.timings.map(({ name, epochs, steps }) => ({ name, epochs, steps })),
  peakRssBytes: 0,
  baseline: report.baseline && { ...report.baseline, id: '', seconds: 0 },
});

export const kindsOf = (events: readonly TrainerEvent[]): ReadonlySet<string> =>
  new Set(events.map((event) => event.kind));
