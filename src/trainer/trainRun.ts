import type { Issue } from '../common/errors';
import type { RebalanceConfig } from '../config/schema';
import type { RunRecord, TrainerEventBody } from '../protocol/trainer';
import type { RunReport, RunSummary, StageTiming } from '../report/types';
import type { Backend } from './backend/types';
import type { Checkpoint } from './checkpoint';
import type { TrainingData } from './data/trainingData';
import { writeNearestMeans } from './finished/nearestMeans';
import { createNetworkFor, writeModel } from './network';
import { correct, needsOf } from './posthoc';
import { fittedParts, predictAll, writePredictions, type Predictions } from './predictions';
import { makeReport, scoreOf, writeReport } from './report';
import type { OwnRun } from './runFolder';
import { createScorer } from './score';
import { totalSteps, trainStages } from './trainStages';

export interface RunInputs {
  readonly run: OwnRun;
  readonly role: RunRecord['role'];
  readonly config: RebalanceConfig;
  readonly data: TrainingData;
  readonly backend: Backend;
  readonly planKey: string;
  readonly checkpoint: Checkpoint | null;
  readonly control: {
    readonly shouldStop: () => boolean;
    readonly breathe: () => Promise<void>;
  };
}

export interface TrainedRun {
  readonly predictions: Predictions;
  readonly timings: readonly StageTiming[];
}

/** Trains a run's stages and takes its predictions; null when it was stopped on the way. */
export const trainRun = async (
  inputs: RunInputs & { readonly alsoEmit?: OwnRun['emit']; readonly stepsAfter?: number },
): Promise<TrainedRun | null> => {
  const { run, role, config, data, backend, planKey, control, alsoEmit } = inputs;
  const { ops } = backend;
  const network = createNetworkFor(ops, config, data);
  try {
    const emit = (body: TrainerEventBody): void => {
      run.emit(body);
      // A checkpoint is of this run's folder alone.
      if (body.kind !== 'checkpoint') alsoEmit?.(body);
    };
    const { outcome, timings } = await trainStages(
      {
        ops,
        network,
        data,
        config,
        role,
        folder: run.folder,
        planKey,
        emit,
        flushEvents: () => run.log.flush(),
        shouldStop: control.shouldStop,
        breathe: control.breathe,
        stepsAfter: inputs.stepsAfter ?? 0,
      },
      inputs.checkpoint,
    );
    if (outcome === 'stopped') return null;
    const { breathe } = control;
    const predictions = await predictAll(network, ops, data, breathe);
    const fitted = await fittedParts({ network, ops, data, breathe }, needsOf(config));
    writeModel(run.folder, network, data);
    return { predictions: { ...predictions, fitted }, timings };
  } finally {
    network.dispose();
  }
};

export interface FinishParts extends TrainedRun {
  readonly baseline: RunSummary | null;
  readonly issues: readonly Issue[];
}

/** Corrects, scores and reports; gives the report and the event that shows its test scores. */
export const finishRun = (
  { run, role, config, data, backend }: RunInputs,
  parts: FinishParts,
): { readonly report: RunReport; readonly evalEvent: TrainerEventBody } => {
  const { predictions, timings, baseline, issues } = parts;
  const scorer = createScorer(config, data);
  const corrected = correct(config, data, predictions, scorer);
  writePredictions(run.folder, predictions, data, scorer.guesses(corrected.test, data.split.test));
  writeNearestMeans(run.folder, corrected.nearestMean);
  const { id, title } = run.record;
  const report = makeReport({
    id,
    title,
    config,
    data,
    backend,
    scorer,
    corrected,
    baseline,
    timings,
    issues,
  });
  const last = config.stages.at(-1);
  const step = totalSteps(config, data);
  const at = { stage: last?.name ?? '', role, epoch: last?.epochs ?? 0, step } as const;
  if (report.validation !== null && config.posthoc.kind !== 'none')
    run.emit({ kind: 'eval', ...at, split: 'validation', ...scorer.brief(report.validation) });
  const evalEvent: TrainerEventBody = {
    kind: 'eval',
    ...at,
    split: 'test',
    ...scorer.brief(report.scores),
  };
  run.emit(evalEvent);
  writeReport(run.folder, report);
  run.update({ score: scoreOf(report) });
  return { report, evalEvent };
};
