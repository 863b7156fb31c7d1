import * as z from 'zod/mini';
import { losses } from '../../methods/losses';
import { defineMethod } from '../method';
import { singleLabel } from './types';

/** (1 − p_y)^γ · (− log p_y). Lin et al., ICCV 2017, equation 4. */
export const focal = defineMethod(
  z.strictObject({
    kind: z.literal('focal'),
    gamma: z._default(z.number().check(z.gte(0), z.lte(10)), 2),
  }),
  ({ gamma }) => singleLabel((batch) => losses.focal(batch, { gamma })),
);
