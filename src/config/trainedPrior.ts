import { effectivePrior } from '../methods/priors';
import { lossTraits } from './losses';
import { samplerTraits } from './samplers';
import type { RebalanceConfig } from './schema';
import { stageCounts } from './stageCounts';
import { weightTraits } from './weights';

/**
 * The prior the last stage's model carries [C], from the training counts after hold-out: what any
 * later correction divides by. 0 for an empty class.
 */
export const trainedPrior = (
  { stages, input }: Pick<RebalanceConfig, 'stages' | 'input'>,
  given: readonly number[],
): Float64Array => {
  const last = stages.at(-1);
  if (last === undefined) return effectivePrior(given);
  const counts = stageCounts(given, { config: last, tailAugment: input.tailAugment });
  const { sampler, loss, weights, epochs, switchAt = 0 } = last;
  // A stage that ends before its switch never drew or weighed otherwise than plainly.
  const switched = switchAt < epochs;
  const classWeights = switched ? weightTraits(weights).weights(counts) : null;
  return effectivePrior(counts, {
    ...(switched && {
      samplingProbabilities: samplerTraits(sampler).probabilities(counts, epochs - switchAt),
    }),
    ...(classWeights === null ? {} : { classWeights }),
    adjustedTau: lossTraits(loss).adjustedTau,
  });
};
