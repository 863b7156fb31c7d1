import * as z from 'zod/mini';
import { losses } from '../../methods/losses';
import { defineMethod } from '../method';
import { singleLabel } from './types';

/** Cross-entropy of z + log n_j. Ren et al., NeurIPS 2020; the logit-adjusted loss with τ = 1. */
export const balancedSoftmax = defineMethod(
  z.strictObject({ kind: z.literal('balanced-softmax') }),
  () => ({ ...singleLabel((batch) => losses['balanced-softmax'](batch, {})), adjustedTau: 1 }),
);
