import type { RebalanceConfig } from '../config/schema';
import type { RunRecord, TrainerEventBody } from '../protocol/trainer';
import type { StageTiming } from '../report/types';
import type { Ops } from './backend/types';
import { saveCheckpoint, type Checkpoint, type Place } from './checkpoint';
import type { TrainingData } from './data/trainingData';
import type { Network } from './models/types';
import { writeStageWeights } from './network';
import { createScorer } from './score';
import { createPace } from './pace';
import { placeClassifier } from './stages/classifier';
import { runStage, startOf, type StageHooks } from './stages/runStage';
import { stageSteps } from './stages/steps';
import { createRandom } from '../common/random';

export interface Training {
  readonly ops: Ops;
  readonly network: Network;
  readonly data: TrainingData;
  readonly config: RebalanceConfig;
  readonly role: RunRecord['role'];
  /** Run folder that gets the checkpoints. */
  readonly folder: string;
  readonly planKey: string;
  /** Writes an event wherever this training is watched. */
  readonly emit: (body: TrainerEventBody) => void;
  /** Brings the run's own log up to date; gives the seq of its last event. */
  readonly flushEvents: () => number;
  readonly shouldStop: () => boolean;
  readonly breathe: () => Promise<void>;
  /** Steps of other trainings that follow in this run, for the time left. */
  readonly stepsAfter: number;
}

export interface Trained {
  readonly outcome: 'completed' | 'stopped';
  readonly timings: readonly StageTiming[];
}

/** Time between checkpoints inside a long epoch. */
const checkpointEveryMs = 60_000;
/** An epoch of milliseconds costs less than its checkpoint: those take at most this share of the time. */
const checkpointShare = 0.1;

/** Seed of a stage's draws, augmentation and fresh classifier. */
export const stageSeed = (seed: number, stage: number): number =>
  createRandom(seed, 'stage', stage).nextInt(0x1_0000_0000);

/** Steps that the stages of a config take on these data. */
export const totalSteps = (
  { stages, input }: Pick<RebalanceConfig, 'stages' | 'input'>,
  data: TrainingData,
): number =>
  stages.reduce((sum, stage) => sum + stageSteps(data, stage, input.tailAugment).total, 0);

/** Trains all stages of a config, from a checkpoint when there is one. */
export const trainStages = async (
  training: Training,
  checkpoint: Checkpoint | null,
): Promise<Trained> => {
  const { ops, network, data, config, role, emit, breathe } = training;
  const score = createScorer(config, data);
  const timings = [...(checkpoint?.timings ?? [])];
  let place = checkpoint?.place ?? startOf(0);
  let velocities = checkpoint?.velocities ?? null;
  let lastCheckpoint = performance.now();
  let checkpointMs = 0;
  if (checkpoint !== null) {
    placeClassifier(network, config, checkpoint.place);
    network.setWeights(checkpoint.weights);
  }

  const keep = (at: Place, state: Checkpoint['velocities']): void => {
    const begun = performance.now();
    const { name } = config.stages[at.stage] ?? config.stages.at(-1) ?? { name: '' };
    emit({ kind: 'checkpoint', stage: name, epoch: at.epoch, step: at.step });
    saveCheckpoint(training.folder, {
      place: at,
      seq: training.flushEvents(),
      planKey: training.planKey,
      timings,
      weights: network.getWeights(),
      velocities: state,
    });
    lastCheckpoint = performance.now();
    checkpointMs = lastCheckpoint - begun;
  };
  const checkpointPays = (): boolean =>
    (performance.now() - lastCheckpoint) * checkpointShare >= checkpointMs;

  const pace = createPace(totalSteps(config, data), training.stepsAfter);
  let before = 0;
  for (const [index, stage] of config.stages.entries()) {
    const steps = stageSteps(data, stage, config.input.tailAugment);
    const stepsBefore = before;
    before += steps.total;
    if (index < place.stage) {
      pace.skip(steps.total);
      continue;
    }
    const from = place.stage === index ? place : startOf(index);
    pace.skip((steps.first[from.epoch] ?? 0) + from.step);
    if (from.epoch === 0 && from.step === 0) emit({ kind: 'stage/start', stage: stage.name, role });
    const hooks: StageHooks = {
      onStep: (at, { loss, learningRate, examples }) => {
        const shown = pace.step(examples);
        if (shown === null) return;
        emit({
          kind: 'step',
          stage: stage.name,
          step: (steps.first[at.epoch] ?? 0) + at.step,
          steps: steps.total,
          epoch: at.epoch + 1,
          loss,
          learningRate,
          ...shown,
        });
      },
      onEpoch: (at, loss, outputs) => {
        const { epochs } = stage;
        emit({ kind: 'epoch', stage: stage.name, epoch: at.epoch, epochs, loss });
        if (outputs === null) return;
        const scores = score.quick(outputs.logits, data.split.validation);
        emit({
          kind: 'eval',
          stage: stage.name,
          role,
          epoch: at.epoch,
          step: stepsBefore + (steps.first[at.epoch] ?? steps.total),
          split: 'validation',
          ...score.brief(scores),
        });
      },
      shouldStop: training.shouldStop,
      checkpoint: (at, optimizer) => {
        const epochEnds = at.step === 0;
        if (!epochEnds || checkpointPays()) keep(at, optimizer.getState());
      },
      checkpointDue: () => performance.now() - lastCheckpoint > checkpointEveryMs,
    };
    const seed = stageSeed(config.seed, index);
    const { tailAugment } = config.input;
    const at = { stage: index, seed, tailAugment };
    const inputs = { ops, network, data, config: stage, ...at, breathe };
    const end = await runStage(inputs, from, velocities, hooks);
    velocities = null;
    if (end.outcome === 'stopped') return { outcome: 'stopped', timings };
    const { seconds } = end.place;
    timings.push({ name: stage.name, epochs: stage.epochs, seconds, steps: steps.total });
    emit({ kind: 'stage/end', stage: stage.name, seconds });
    place = startOf(index + 1);
    keep(place, new Map());
    if (role === 'baseline' && index + 1 < config.stages.length)
      writeStageWeights(training.folder, index + 1, network);
    if (training.shouldStop()) return { outcome: 'stopped', timings };
  }
  return { outcome: 'completed', timings };
};
