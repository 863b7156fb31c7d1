import type { StageConfig } from '../../config/schema';
import type { TailQuestion } from '../../config/stageCounts';
import { countSteps, type StageSteps } from '../../config/stageSteps';
import { stepsPerEpoch } from '../../methods/schedules';
import { trainingItems, type TrainingItems } from '../data/trainingItems';
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

/** Steps that a stage takes on these data. */
export const stageSteps = (
  data: TrainingData,
  config: StageConfig,
  tailAugment: TailQuestion['tailAugment'],
): StageSteps => {
  const items = trainingItems(data, { config, tailAugment });
  return countSteps(config, stageSampler(data, items, config, 0));
};
