import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { powerTraits } from './powerTraits';

/** Every class equally often. Kang et al., ICLR 2020, equation 1 with q = 0. */
export const classBalanced = defineMethod(
  z.strictObject({ kind: z.literal('class-balanced') }),
  () => powerTraits(0),
);
