import * as z from 'zod/mini';
import { remixFactor } from '../../methods/mixing';
import { defineMethod } from '../method';
import { mixingAlpha } from './alpha';
import type { MixingTraits } from './types';

/**
 * Mixup whose label goes wholly to the rarer class of an uneven pair. Chou et al., ECCV Workshops
 * 2020, equation 8; one factor a pair.
 */
export const remix = defineMethod(
  z.strictObject({
    kind: z.literal('remix'),
    alpha: mixingAlpha,
    /** From which ratio of counts on a pair is uneven. */
    kappa: z._default(z.number().check(z.gte(1)), 3),
    /** Below which share of the input the larger class gives its label away. */
    tau: z._default(z.number().check(z.gte(0), z.lte(1)), 0.5),
  }),
  ({ alpha, ...options }): MixingTraits => ({
    place: 'inputs',
    alpha,
    labelFactor: (own, partner, lambda) => remixFactor(own, partner, lambda, options),
  }),
);
