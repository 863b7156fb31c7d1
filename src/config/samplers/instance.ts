import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { powerTraits } from './powerTraits';

/** Every item once an epoch. Kang et al., ICLR 2020, equation 1 with q = 1, without repeats. */
export const instance = defineMethod(z.strictObject({ kind: z.literal('instance') }), () => ({
  ...powerTraits(1),
  everyItemOnce: true,
}));
