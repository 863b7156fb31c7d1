import * as z from 'zod/mini';
import { losses } from '../../methods/losses';
import { defineMethod } from '../method';
import { singleLabel } from './types';

/** Cross-entropy of z + τ·log(n_j / N). Menon et al., ICLR 2021, equation 10. */
export const logitAdjusted = defineMethod(
  z.strictObject({
    kind: z.literal('logit-adjusted'),
    tau: z._default(z.number().check(z.gte(0), z.lte(4)), 1),
  }),
  ({ tau }) => ({
    ...singleLabel((batch) => losses['logit-adjusted'](batch, { tau })),
    adjustedTau: tau,
  }),
);
