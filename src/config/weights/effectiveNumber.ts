import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { scalingKeys, weightTraitsOf } from './scaling';

/** Class weight proportional to (1 − β) / (1 − β^n_j). Cui et al., CVPR 2019, equation 2. */
export const effectiveNumber = defineMethod(
  z.strictObject({
    kind: z.literal('effective-number'),
    beta: z._default(z.number().check(z.gte(0), z.lt(1)), 0.9999),
    ...scalingKeys,
  }),
  ({ beta, ...scaling }) => weightTraitsOf('effective-number', scaling, { beta }),
);
