import * as z from 'zod/mini';
import { defineMethod } from '../method';
import type { MixingTraits } from './types';

/** Items stay as they are. */
export const none = defineMethod(z.strictObject({ kind: z.literal('none') }), (): MixingTraits => ({
  place: 'none',
  alpha: 1,
  labelFactor: () => 1,
}));
