import * as z from 'zod/mini';
import { defineMethod } from '../method';
import type { MixingTraits } from './types';

/** λ of one item's input and label, the rest of another's. Zhang et al., ICLR 2018, equation 1. */
export const mixup = defineMethod(
  z.strictObject({
    kind: z.literal('mixup'),
    alpha: z._default(z.number().check(z.gt(0), z.lte(10)), 1),
  }),
  ({ alpha }): MixingTraits => ({
    place: 'inputs',
    alpha,
    labelFactor: (_own, _partner, lambda) => lambda,
  }),
);
