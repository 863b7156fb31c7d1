import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { powerTraits } from './powerTraits';
import type { SamplerTraits } from './types';

/** Every item once an epoch. Kang et al., ICLR 2020, equation 1 with q = 1, without repeats. */
export const instance = defineMethod(
  z.strictObject({ kind: z.literal('instance') }),
  (): SamplerTraits => ({
    ...powerTraits(1),
    draw: { kind: 'every-item-once' },
  }),
);
