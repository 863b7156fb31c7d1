import { stepsPerEpoch } from '../methods/schedules';
import type { StageConfig } from './schema';

/** Steps of a stage. Epochs need not be equally long: a sampler that comes into force may change them. */
export interface StageSteps {
  /** Step each epoch begins with, counted over the stage; the last number is of all steps. */
  readonly first: readonly number[];
  readonly total: number;
  readonly warmup: number;
}

/** Steps that the draws of a stage's epochs come to; `draws` gives those of an epoch, from 0. */
export const countSteps = (
  { epochs, optimizer }: Pick<StageConfig, 'epochs' | 'optimizer'>,
  { draws }: { readonly draws: (epoch: number) => number },
): StageSteps => {
  const { batchSize, warmupEpochs } = optimizer;
  const first = [0];
  for (let epoch = 0; epoch < epochs; epoch++)
    first.push((first[epoch] ?? 0) + stepsPerEpoch(draws(epoch), batchSize));
  const whole = Math.min(Math.floor(warmupEpochs), epochs - 1);
  const begun = first[whole] ?? 0;
  const length = (first[whole + 1] ?? 0) - begun;
  return {
    first,
    total: first[epochs] ?? 0,
    warmup: begun + Math.round((warmupEpochs - whole) * length),
  };
};
