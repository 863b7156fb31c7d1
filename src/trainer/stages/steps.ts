import type { StageConfig } from '../../config/schema';
import { stepsPerEpoch } from '../../methods/schedules';
import { trainingItems, type TailQuestion, type TrainingItems } from '../data/trainingItems';
import type { TrainingData } from '../data/trainingData';
import { createSampler } from '../../config/samplers/createSampler';
import type { Sampler } from '../../methods/drawing/types';

/** Draw positions where each batch of an epoch begins; sizes differ by one at most. */
export const batchStarts = (draws: number, batchSize: number): readonly number[] => {
  const steps = stepsPerEpoch(draws, batchSize);
  return Array.from({ length: steps + 1 }, (_, i) => Math.floor((i * draws) / steps));
};

/** The sampler of a stage over its items. */
export const stageSampler = (
  data: TrainingData,
  items: TrainingItems,
  config: Pick<StageConfig, 'sampler' | 'switchAt' | 'epochs'>,
  seed: number,
): Sampler => {
  const { labels, counts, rows } = items;
  const { multi } = data;
  const labelLists = multi === null ? undefined : Array.from(rows, (row) => multi.labelsOf(row));
  return createSampler(config.sampler, { labels, counts, seed, labelLists }, config);
};

/** Steps of a stage. Epochs need not be equally long: a sampler that comes into force may change them. */
export interface StageSteps {
  /** Step each epoch begins with, counted over the stage; the last number is of all steps. */
  readonly first: readonly number[];
  readonly total: number;
  readonly warmup: number;
}

/** Steps that the draws of a stage's epochs come to. */
export const countSteps = (config: StageConfig, { draws }: Pick<Sampler, 'draws'>): StageSteps => {
  const { batchSize, warmupEpochs } = config.optimizer;
  const first = [0];
  for (let epoch = 0; epoch < config.epochs; epoch++)
    first.push((first[epoch] ?? 0) + stepsPerEpoch(draws(epoch), batchSize));
  const whole = Math.min(Math.floor(warmupEpochs), config.epochs - 1);
  const begun = first[whole] ?? 0;
  const length = (first[whole + 1] ?? 0) - begun;
  return {
    first,
    total: first[config.epochs] ?? 0,
    warmup: begun + Math.round((warmupEpochs - whole) * length),
  };
};

/** Steps that a stage takes on these data. */
export const stageSteps = (
  data: TrainingData,
  config: StageConfig,
  tailAugment: TailQuestion['tailAugment'],
): StageSteps => {
  const items = trainingItems(data, { config, tailAugment });
  return countSteps(config, stageSampler(data, items, config, 0));
};
