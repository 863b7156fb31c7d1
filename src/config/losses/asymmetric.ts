import * as z from 'zod/mini';
import { multiLabelLosses } from '../../methods/losses';
import { defineMethod } from '../method';
import { multiLabel } from './types';

const focus = z.number().check(z.gte(0), z.lte(10));

/**
 * Focal loss that damps the labels an item has not more than those it has, and leaves out the
 * easiest of them (p < clip). Ben-Baruch et al., ICCV 2021, equation 7.
 */
export const asymmetric = defineMethod(
  z.strictObject({
    kind: z.literal('asymmetric'),
    gammaPositive: z._default(focus, 1),
    gammaNegative: z._default(focus, 4),
    clip: z._default(z.number().check(z.gte(0), z.lt(1)), 0.05),
  }),
  (settings) => multiLabel((batch) => multiLabelLosses.asymmetric(batch, settings)),
);
