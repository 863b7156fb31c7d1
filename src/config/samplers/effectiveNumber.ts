import * as z from 'zod/mini';
import { effectiveNumberSampling } from '../../methods/sampling';
import { defineMethod } from '../method';
import type { SamplerTraits } from './types';

/**
 * Class probability proportional to n_j (1 − β) / (1 − β^n_j). Cui et al., CVPR 2019, equation 2, as
 * the sampler of Cao et al., NeurIPS 2019.
 */
export const effectiveNumber = defineMethod(
  z.strictObject({
    kind: z.literal('effective-number'),
    beta: z._default(z.number().check(z.gte(0), z.lt(1)), 0.9999),
  }),
  ({ beta }): SamplerTraits => ({
    probabilities: (counts) => effectiveNumberSampling(counts, beta).probabilities,
    power: null,
    draw: { kind: 'class-first' },
  }),
);
