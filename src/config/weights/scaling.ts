import * as z from 'zod/mini';
import {
  classWeights,
  type WeightKind,
  type WeightNormalisation,
  type WeightParams,
} from '../../methods/weights';
import type { WeightTraits } from './types';

/**
 * How the weights are scaled, which sets the effective learning rate: the mean over the samples,
 * the mean over the classes, or the largest weight is 1.
 */
const normalisations = {
  'sample-mean': 'sampleMean1',
  'class-mean': 'sumC',
  largest: 'max1',
} as const satisfies Record<string, WeightNormalisation>;

/** Key of every weight rule: `weighted-mean` divides a batch by the sum of its weights. */
export const reductionKey = { reduction: z._default(z.enum(['mean', 'weighted-mean']), 'mean') };

/** Keys of a weight rule that fixes the shares of the weights and not their scale. */
export const scalingKeys = {
  normalisation: z._default(z.enum(['sample-mean', 'class-mean', 'largest']), 'sample-mean'),
  ...reductionKey,
};

export interface Scaling {
  readonly normalisation: keyof typeof normalisations;
  readonly reduction: 'mean' | 'weighted-mean';
}

/** The traits of a rule of `methods/weights`. */
export const weightTraitsOf = (
  kind: WeightKind,
  { normalisation, reduction }: Scaling,
  params: WeightParams = {},
): WeightTraits => ({
  weights: (counts) =>
    classWeights(kind, counts, { ...params, normalisation: normalisations[normalisation] }),
  reduction: reduction === 'mean' ? 'mean' : 'weightedMean',
  beta: params.beta ?? null,
});
