import { LongtailError } from '../../common/errors';
import { learningRate, stepsPerEpoch } from '../../methods/schedules';
import type { StageConfig } from '../../config/schema';
import type { Place } from '../checkpoint';
import { createObjective } from '../losses';
import { createSgd } from '../models/optimizer';
import type { Optimizer } from '../models/types';
import { createSampler } from '../samplers';
import { stages } from './index';
import type { Outputs, StageInputs } from './types';

/** What the owner of a run hears of a stage, and answers. */
export interface StageHooks {
  /** After a step; `rate` is of the step just made. */
  onStep(
    place: Place,
    step: { readonly loss: number; readonly learningRate: number; readonly examples: number },
  ): void;
  /** After an epoch; the place is the start of the next one. */
  onEpoch(place: Place, meanLoss: number, validation: Outputs | null): void;
  /** Whether to leave after the step just made. */
  shouldStop(): boolean;
  /** Keeps the place; called at the end of an epoch, on stopping, and from time to time. */
  checkpoint(place: Place, optimizer: Optimizer): void;
  /** Whether so much time went by that a checkpoint is due in the middle of an epoch. */
  checkpointDue(): boolean;
}

/** Draw positions where each batch of an epoch begins; sizes differ by one at most. */
export const batchStarts = (draws: number, batchSize: number): readonly number[] => {
  const steps = stepsPerEpoch(draws, batchSize);
  return Array.from({ length: steps + 1 }, (_, i) => Math.floor((i * draws) / steps));
};

/** Steps of the whole stage and of its warm-up. */
export const stageSteps = (
  config: StageConfig,
  draws: number,
): { readonly perEpoch: number; readonly total: number; readonly warmup: number } => {
  const perEpoch = stepsPerEpoch(draws, config.optimizer.batchSize);
  return {
    perEpoch,
    total: perEpoch * config.epochs,
    warmup: Math.round(perEpoch * config.optimizer.warmupEpochs),
  };
};

/** A place at the start of a stage. */
export const startOf = (stage: number): Place => ({
  stage,
  epoch: 0,
  step: 0,
  lossSum: 0,
  seen: 0,
  seconds: 0,
});

const seconds = (since: number): number => (performance.now() - since) / 1000;

/**
 * Trains one stage from a place to its end, or until asked to stop. The draws of an epoch, the
 * augmentation and the schedule are functions of the seed and the place: going on from a checkpoint
 * gives the numbers an uninterrupted run gives. Throws `train/diverged` when the loss is no number.
 */
export const runStage = async (
  inputs: StageInputs,
  from: Place,
  velocities: Parameters<Optimizer['setState']>[0] | null,
  hooks: StageHooks,
): Promise<{ readonly outcome: 'completed' | 'stopped'; readonly place: Place }> => {
  const { ops, network, data, config, breathe } = inputs;
  const { learningRate: base, schedule, batchSize, ...momentum } = config.optimizer;
  const drops = config.optimizer.dropAt ?? [];
  const labels = Int32Array.from(data.split.train, (row) => data.classOf[row] ?? 0);
  const starts = batchStarts(labels.length, batchSize);
  const steps = stageSteps(config, labels.length);
  const sampler = createSampler(config.sampler, {
    labels,
    counts: data.trainCounts,
    seed: inputs.seed,
  });
  const fresh = from.epoch === 0 && from.step === 0;
  if (fresh && config.init === 'again')
    network.reinitialize(config.trainable === 'classifier' ? 'classifier' : 'all', inputs.seed);
  const objective = createObjective(config, {
    counts: data.trainCounts,
    samples: labels.length,
    logitScale: 1,
  });
  const optimizer = createSgd(ops, network, momentum);
  const prepare = stages[config.trainable];
  if (prepare === undefined) throw new LongtailError('train/not-built', { name: config.trainable });
  const work = await prepare(inputs);
  let place = from;
  try {
    if (velocities !== null) optimizer.setState(velocities);
    while (place.epoch < config.epochs) {
      const order = sampler.epoch(place.epoch);
      while (place.step < steps.perEpoch) {
        const begun = performance.now();
        const at = starts[place.step] ?? 0;
        const positions = order.subarray(at, starts[place.step + 1]);
        const rate = learningRate(schedule, base, place.epoch * steps.perEpoch + place.step, {
          totalSteps: steps.total,
          warmupSteps: steps.warmup,
          dropSteps: drops.map((epoch) => epoch * steps.perEpoch),
          dropTo: config.optimizer.dropTo ?? 0.1,
        });
        const { lossSum, gradients } = work.step(positions, objective, { epoch: place.epoch, at });
        optimizer.step(gradients, rate);
        place = {
          ...place,
          step: place.step + 1,
          lossSum: place.lossSum + lossSum,
          seen: place.seen + positions.length,
          seconds: place.seconds + seconds(begun),
        };
        if (!Number.isFinite(lossSum))
          throw new LongtailError('train/diverged', {
            stage: config.name,
            epoch: place.epoch + 1,
            learningRate: rate,
          });
        const mean = lossSum / positions.length;
        hooks.onStep(place, { loss: mean, learningRate: rate, examples: positions.length });
        await breathe();
        const stop = hooks.shouldStop();
        if (stop || hooks.checkpointDue()) hooks.checkpoint(place, optimizer);
        if (stop) return { outcome: 'stopped', place };
      }
      const begun = performance.now();
      const validation = await work.validate();
      const meanLoss = place.lossSum / Math.max(1, place.seen);
      place = {
        ...startOf(place.stage),
        epoch: place.epoch + 1,
        seconds: place.seconds + seconds(begun),
      };
      hooks.onEpoch(place, meanLoss, validation);
      if (place.epoch < config.epochs) hooks.checkpoint(place, optimizer);
    }
    return { outcome: 'completed', place };
  } finally {
    work.dispose();
    optimizer.dispose();
  }
};
