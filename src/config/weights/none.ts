import * as z from 'zod/mini';
import { defineMethod } from '../method';
import type { WeightTraits } from './types';

/** Every class weighs the same. */
export const none = defineMethod(z.strictObject({ kind: z.literal('none') }), (): WeightTraits => ({
  weights: () => null,
  reduction: 'mean',
  beta: null,
}));
