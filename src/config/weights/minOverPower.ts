import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { scalingKeys, weightTraitsOf } from './scaling';

/** Class weight (n_min / n_j)^γ: cost-sensitive cross-entropy. Zhang et al., AAAI 2021. */
export const minOverPower = defineMethod(
  z.strictObject({
    kind: z.literal('min-over-power'),
    gamma: z._default(z.number().check(z.gte(0), z.lte(2)), 1),
    ...scalingKeys,
  }),
  ({ gamma, ...scaling }) => weightTraitsOf('min-over-power', scaling, { gamma }),
);
