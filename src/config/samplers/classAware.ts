import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { powerTraits } from './powerTraits';
import type { SamplerTraits } from './types';

/**
 * Every class equally often, in rounds over the classes instead of by chance: batches are balanced
 * almost exactly. The sampler of Kang et al., ICLR 2020, as their code draws (4 of a class in a row).
 */
export const classAware = defineMethod(
  z.strictObject({
    kind: z.literal('class-aware'),
    perClass: z._default(z.int().check(z.gte(1), z.lte(64)), 4),
  }),
  ({ perClass }): SamplerTraits => ({
    ...powerTraits(0),
    draw: { kind: 'class-cycle', perClass },
  }),
);
