import { LongtailError } from '../../common/errors';
import { countSteps } from '../../config/stageSteps';
import { learningRate } from '../../methods/schedules';
import type { Place } from '../checkpoint';
import { trainingItems } from '../data/trainingItems';
import { createObjective } from '../losses';
import { logitScaleOf } from '../models/classifier';
import { createSgd } from '../models/optimizer';
import type { Optimizer } from '../models/types';
import { updateBatchNorm } from './batchNorm';
import { beginStage, endStage, rateOf } from './classifier';
import { stages } from './index';
import { batchStarts, stageSampler } from './steps';
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
  /** Keeps the place where that pays; called at the end of an epoch, on stopping, and when due. */
  checkpoint(place: Place, optimizer: Optimizer): void;
  /** Whether so much time went by that a checkpoint is due in the middle of an epoch. */
  checkpointDue(): boolean;
}

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
  const items = trainingItems(data, inputs);
  const sampler = stageSampler(data, items, config, inputs.seed);
  const steps = countSteps(config, sampler);
  const fresh = from.epoch === 0 && from.step === 0;
  if (fresh) {
    beginStage(network, config, inputs.seed);
    if (config.batchNorm === 'update') await updateBatchNorm(inputs, items, sampler.epoch(0));
  }
  const objective = createObjective(config, {
    counts: items.counts,
    samples: items.rows.length,
    logitScale: logitScaleOf(network.spec.classifier),
  });
  const optimizer = createSgd(ops, network, { ...momentum, rateOf: rateOf(config) });
  const work = await stages[config.trainable](inputs);
  let place = from;
  try {
    if (velocities !== null) optimizer.setState(velocities);
    while (place.epoch < config.epochs) {
      const order = sampler.epoch(place.epoch);
      const starts = batchStarts(order.length, batchSize);
      const before = steps.first[place.epoch] ?? 0;
      while (place.step < starts.length - 1) {
        const begun = performance.now();
        const at = starts[place.step] ?? 0;
        const positions = order.subarray(at, starts[place.step + 1]);
        const rate = learningRate(schedule, base, before + place.step, {
          totalSteps: steps.total,
          warmupSteps: steps.warmup,
          dropSteps: drops.map((epoch) => steps.first[epoch] ?? steps.total),
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
    endStage(ops, network);
    return { outcome: 'completed', place };
  } finally {
    work.dispose();
    optimizer.dispose();
  }
};
