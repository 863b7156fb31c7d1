import * as z from 'zod/mini';
import { losses, multiLabelLosses } from '../../methods/losses';
import { defineMethod } from '../method';
import type { LossTraits } from './types';

/**
 * Focal loss of every output, summed; `alpha` weighs the labels an item has, 1 − alpha the others.
 * Lin et al., ICCV 2017, equation 5.
 */
export const sigmoidFocal = defineMethod(
  z.strictObject({
    kind: z.literal('sigmoid-focal'),
    gamma: z._default(z.number().check(z.gte(0), z.lte(10)), 2),
    alpha: z.optional(z.number().check(z.gt(0), z.lt(1))),
  }),
  (settings): LossTraits => ({
    single: (batch) => losses['sigmoid-focal'](batch, settings),
    multi: (batch) => multiLabelLosses['sigmoid-focal'](batch, settings),
    adjustedTau: 0,
  }),
);
