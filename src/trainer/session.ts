import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { LongtailError } from '../common/errors';
import { makeRunId, runFiles, runsFolder } from '../protocol/runFiles';
import type { TrainerEventBody, TrainerJob } from '../protocol/trainer';
import { serializeConfig } from '../config/serialize';
import { takesRows } from '../config/takesRows';
import type { RunReport, RunSummary } from '../report/types';
import {
  findBaseline,
  findUnfinished,
  pastEvents,
  startAfterBaseline,
  summaryOf,
  tidyFinished,
} from './baseline';
import { dropCheckpoints, loadCheckpoint } from './checkpoint';
import { keepSplit } from './data/split';
import type { TrainingData } from './data/trainingData';
import { estimateSeconds } from './estimate';
import {
  hasPlainStages,
  isBaseline,
  plainConfigOf,
  sharedStages,
  titleOf,
  trainingKey,
} from './plan';
import { needsOf } from './posthoc';
import { prepare, throwIfStopped, type Control, type Prepared } from './prepare';
import { readPredictions } from './predictions';
import { endOnFailure } from './failure';
import { readReport } from './report';
import { createScorer } from './score';
import { openOwnRun, type OwnRun } from './runFolder';
import { runClasses } from './runClasses';
import type { RebalanceConfig } from '../config/schema';
import { stageSteps } from './stages/steps';
import { dropStillborn } from './stillborn';
import { takeLock } from './runLock';
import { finishRun, trainRun, type RunInputs } from './trainRun';
import { totalSteps } from './trainStages';

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
