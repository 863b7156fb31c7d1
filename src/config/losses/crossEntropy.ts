import * as z from 'zod/mini';
import { defineMethod } from '../method';
import type { LossTraits } from './types';

/** Plain softmax cross-entropy. */
export const crossEntropy = defineMethod(
  z.strictObject({ kind: z.literal('cross-entropy') }),
  (): LossTraits => ({ offsets: () => null, adjustedTau: 0 }),
);
