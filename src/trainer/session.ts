import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancelledError, LongtailError, type Issue } from '../common/errors';
import { makeRunId, runFiles, runsFolder } from '../protocol/runFiles';
import type { TrainerEventBody, TrainerJob } from '../protocol/trainer';
import { serializeConfig } from '../config/serialize';
import { takesRows } from '../config/takesRows';
import type { RunReport, RunSummary } from '../report/types';
import { selectBackend } from './backend/selectBackend';
import type { Backend } from './backend/types';
import {
  findBaseline,
  findUnfinished,
  pastEvents,
  startAfterBaseline,
  summaryOf,
  tidyFinished,
} from './baseline';
import { isConvolutional } from './models';
import { dropCheckpoints, loadCheckpoint } from './checkpoint';
import { keepSplit } from './data/split';
import { loadTrainingData, type TrainingData } from './data/trainingData';
import { estimateSeconds } from './estimate';
import {
  hasPlainStages,
  isBaseline,
  openConfig,
  plainConfigOf,
  sharedStages,
  titleOf,
  trainingKey,
  withSeed,
} from './plan';
import { openEarlyLog } from './events';
import { checkPosthoc, needsOf } from './posthoc';
import { readPredictions } from './predictions';
import { endOnFailure } from './failure';
import { readReport } from './report';
import { createScorer } from './score';
import { openOwnRun, readRecord, type OwnRun } from './runFolder';
import { runClasses } from './runClasses';
import type { RebalanceConfig } from '../config/schema';
import { stageSteps } from './stages/steps';
import { dropStillborn } from './stillborn';
import { takeLock } from './runLock';
import { checkUnchanged } from './unchanged';
import { finishRun, trainRun, type RunInputs } from './trainRun';
import { totalSteps } from './trainStages';

/** What the process around a session gives it. */
export interface Control {
  readonly shouldStop: () => boolean;
  /** Lets messages in; called often. */
  readonly breathe: () => Promise<void>;
  readonly onAppend: () => void;
  /** Folder of this bundle: the decoder lies beside it. */
  readonly bundleFolder: string;
}

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

const throwIfStopped = (control: Control): void => {
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

/** Takes over a run folder, on from its checkpoint if it has one of the same training. */
export const openRun = (
  prepared: Prepared,
  folder: string,
  config: RebalanceConfig,
  role: 'baseline' | 'recipe',
  control: Control,
): { readonly run: OwnRun; readonly inputs: RunInputs } => {
  const { configPath, data, backend, baselineKey } = prepared;
  const planKey = trainingKey(config, data, backend);
  takeLock(folder);
  keepSplit(join(folder, runFiles.split), data.split, data);
  const checkpoint = loadCheckpoint(folder);
  if (checkpoint !== null && checkpoint.planKey !== planKey)
    throw new LongtailError('train/resume-mismatch', { folder, backend: backend.id });
  const run = openOwnRun({
    folder,
    title: titleOf(config, data.task),
    role,
    baselineKey,
    datasetRoot: data.root,
    fingerprint: data.fingerprint,
    configPath,
    takesRows: takesRows(config),
    configText: config === prepared.config ? prepared.text : serializeConfig(config),
    afterSeq: checkpoint?.seq ?? -1,
    onAppend: control.onAppend,
  });
  const inputs: RunInputs = { run, role, config, data, backend, planKey, checkpoint, control };
  return { run, inputs };
};

/** The plain run that a recipe is compared with: found finished, or trained now. null when stopped. */
export const ensureBaseline = async (
  prepared: Prepared,
  job: TrainerJob,
  recipe: RunInputs,
  control: Control,
): Promise<{ readonly folder: string; readonly summary: RunSummary } | null> => {
  const { baselineKey, data, config, issues } = prepared;
  const found = findBaseline(job.storeFolder, baselineKey);
  const known = found === null ? null : { folder: found.folder, report: readReport(found.folder) };
  const summary = (folder: string, report: RunReport): RunSummary => ({
    ...summaryOf(report, baselineKey),
    // The recipe's own bands decide, whatever the run that trained the baseline asked for.
    scores: createScorer(config, data).score(
      readPredictions(folder, data).test.logits,
      data.split.test,
    ),
  });
  // A recipe that goes on from its checkpoint has shown its baseline already.
  const show = (events: readonly TrainerEventBody[]): void => {
    if (recipe.checkpoint === null) events.forEach((event) => recipe.run.emit(event));
  };
  if (known !== null && known.report !== null) {
    tidyFinished(known.folder);
    show(pastEvents(known.folder));
    return { folder: known.folder, summary: summary(known.folder, known.report) };
  }
  dropStillborn(job.storeFolder);
  const plain = plainConfigOf(config, data.task);
  const unfinished = findUnfinished(job.storeFolder, baselineKey, job.runFolder);
  const id = makeRunId(new Date(), titleOf(plain, data.task), randomBytes(2).toString('hex'));
  const folder = unfinished?.folder ?? join(job.storeFolder, runsFolder, id);
  const { run, inputs } = openRun(prepared, folder, plain, 'baseline', control);
  if (inputs.checkpoint !== null) show(pastEvents(folder));
  const alsoEmit: OwnRun['emit'] = (body) => recipe.run.emit(body);
  const stepsAfter = totalSteps(ownStages(config, data), data);
  return endOnFailure(run, async () => {
    if (inputs.checkpoint === null) run.emit(startEvent(inputs, null));
    const trained = await trainRun({ ...inputs, alsoEmit, stepsAfter });
    if (trained === null) {
      run.end('stopped');
      return null;
    }
    const { report, evalEvent } = finishRun(inputs, { ...trained, baseline: null, issues });
    alsoEmit(evalEvent);
    run.end('completed');
    dropCheckpoints(folder);
    return { folder, summary: summary(folder, report) };
  });
};

const startEvent = (
  { run, config, data, backend }: RunInputs,
  estimate: number | null,
): Parameters<OwnRun['emit']>[0] => ({
  kind: 'run/start',
  title: run.record.title,
  backend: backend.id,
  stages: config.stages.map((stage) => ({
    name: stage.name,
    epochs: stage.epochs,
    stepsPerEpoch: Math.ceil(
      stageSteps(data, stage, config.input.tailAugment).total / stage.epochs,
    ),
  })),
  estimateSeconds: estimate,
  classes: runClasses(config, data),
});

/** The config with the stages that are trained for it alone: not those it shares with its baseline. */
const ownStages = (config: RebalanceConfig, data: TrainingData): RebalanceConfig => ({
  ...config,
  stages: config.stages.slice(sharedStages(config, data.task)),
});

/** Steps of the whole network that are still ahead; a classifier's own cost next to nothing. */
const stepsAhead = (prepared: Prepared, job: TrainerJob): number => {
  const { config, data, baselineKey } = prepared;
  const steps = ({ stages, ...rest }: RebalanceConfig): number =>
    totalSteps({ ...rest, stages: stages.filter((stage) => stage.trainable === 'all') }, data);
  if (job.baseline === 'skip' || isBaseline(config, data.task)) return steps(config);
  const found = findBaseline(job.storeFolder, baselineKey) !== null;
  return steps(ownStages(config, data)) + (found ? 0 : steps(plainConfigOf(config, data.task)));
};

/** Everything of a job after its run is open; says whether it went to the end. */
const runJob = async (
  job: TrainerJob,
  prepared: Prepared,
  inputs: RunInputs,
  control: Control,
): Promise<'completed' | 'stopped'> => {
  const { config, data, backend, issues } = prepared;
  const { run, role } = inputs;
  if (inputs.checkpoint === null) {
    const steps = stepsAhead(prepared, job);
    const breathe = async (): Promise<void> => {
      await control.breathe();
      throwIfStopped(control);
    };
    const estimate =
      steps === 0 ? 0 : await estimateSeconds(backend.ops, config, data, { steps, breathe });
    run.emit(startEvent(inputs, estimate));
    for (const { code, params } of issues) run.emit({ kind: 'warning', message: { code, params } });
  }
  const wanted = role === 'recipe' && job.baseline === 'reuse-or-train';
  const baseline = wanted ? await ensureBaseline(prepared, job, inputs, control) : null;
  if (wanted && baseline === null) return 'stopped';
  const reused =
    baseline !== null && hasPlainStages(config, data.task) && needsOf(config) === 'outputs'
      ? readPredictions(baseline.folder, data)
      : null;
  const shared =
    baseline === null
      ? null
      : startAfterBaseline(config, baseline.folder, {
          planKey: inputs.planKey,
          task: data.task,
        });
  const trained =
    reused === null
      ? await trainRun({ ...inputs, checkpoint: inputs.checkpoint ?? shared })
      : { predictions: reused, timings: [] };
  if (trained === null) return 'stopped';
  finishRun(inputs, { ...trained, baseline: baseline?.summary ?? null, issues });
  return 'completed';
};

/**
 * A training job from config to report: the plain baseline first where it is missing, then the
 * recipe. A recipe that differs from its baseline only after training takes the baseline's logits.
 * Throws what cannot be trained; the run folder says so too.
 */
export const runSession = async (job: TrainerJob, control: Control): Promise<void> => {
  const prepared = await prepare(job, control);
  const { config, data } = prepared;
  const role = isBaseline(config, data.task) ? 'baseline' : 'recipe';
  const { run, inputs } = openRun(prepared, job.runFolder, config, role, control);
  await endOnFailure(run, async () => {
    const outcome = await runJob(job, prepared, inputs, control);
    run.end(outcome);
    if (outcome === 'completed') dropCheckpoints(run.folder);
  });
};
