import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { mixingAlpha } from './alpha';
import type { MixingTraits } from './types';

/**
 * Mixup of the pooled features, one fixed layer as in Zhang et al., AAAI 2021 (Bag of Tricks).
 * Verma et al., ICML 2019.
 */
export const manifoldMixup = defineMethod(
  z.strictObject({ kind: z.literal('manifold-mixup'), alpha: mixingAlpha }),
  ({ alpha }): MixingTraits => ({
    place: 'features',
    alpha,
    labelFactor: (_own, _partner, lambda) => lambda,
  }),
);
