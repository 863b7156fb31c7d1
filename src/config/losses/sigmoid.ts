import * as z from 'zod/mini';
import { losses, multiLabelLosses } from '../../methods/losses';
import { defineMethod } from '../method';
import type { LossTraits } from './types';

/**
 * Binary cross-entropy of every output, summed. With `positiveCap` the labels an item has weigh
 * (N − n_j) / n_j, at most that.
 */
export const sigmoid = defineMethod(
  z.strictObject({
    kind: z.literal('sigmoid'),
    positiveCap: z.optional(z.number().check(z.gt(0), z.lte(1000))),
  }),
  (settings): LossTraits => ({
    single: (batch) => losses.sigmoid(batch, settings),
    multi: (batch) => multiLabelLosses.sigmoid(batch, settings),
    adjustedTau: 0,
  }),
);
