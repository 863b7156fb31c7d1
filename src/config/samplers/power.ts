import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { powerTraits } from './powerTraits';

/** Class probability proportional to n_j^q. Kang et al., ICLR 2020, equation 1. */
export const power = defineMethod(
  z.strictObject({ kind: z.literal('power'), q: z.number().check(z.gte(-2), z.lte(2)) }),
  ({ q }) => powerTraits(q),
);
