import * as z from 'zod/mini';
import { lossOffsets } from '../../methods/losses';
import { defineMethod } from '../method';
import type { LossTraits } from './types';

/** Cross-entropy of z + τ·log(n_j / N). Menon et al., ICLR 2021, equation 10. */
export const logitAdjusted = defineMethod(
  z.strictObject({
    kind: z.literal('logit-adjusted'),
    tau: z._default(z.number().check(z.gte(0), z.lte(4)), 1),
  }),
  ({ tau }): LossTraits => ({
    offsets: (counts) => lossOffsets('logit-adjusted', counts, { tau }),
    adjustedTau: tau,
  }),
);
