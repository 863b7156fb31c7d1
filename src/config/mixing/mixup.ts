import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { mixingAlpha } from './alpha';
import type { MixingTraits } from './types';

/** λ of one item's input and label, the rest of another's. Zhang et al., ICLR 2018, equation 1. */
export const mixup = defineMethod(
  z.strictObject({ kind: z.literal('mixup'), alpha: mixingAlpha }),
  ({ alpha }): MixingTraits => ({
    place: 'inputs',
    alpha,
    labelFactor: (_own, _partner, lambda) => lambda,
  }),
);
