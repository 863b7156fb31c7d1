import * as z from 'zod/mini';
import { losses } from '../../methods/losses';
import { defineMethod } from '../method';
import { singleLabel } from './types';

/** Cross-entropy of z / (n_max / n_j)^γ + τ·log(n_j / N). Kini et al., NeurIPS 2021, equation 2. */
export const vectorScaling = defineMethod(
  z.strictObject({
    kind: z.literal('vector-scaling'),
    gamma: z._default(z.number().check(z.gte(0), z.lte(2)), 0.3),
    tau: z._default(z.number().check(z.gte(0), z.lte(4)), 1),
  }),
  ({ gamma, tau }) => ({
    ...singleLabel((batch) => losses['vector-scaling'](batch, { gamma, tau })),
    adjustedTau: tau,
  }),
);
