import * as z from 'zod/mini';
import { losses } from '../../methods/losses';
import { defineMethod } from '../method';
import { singleLabel } from './types';

/** Cross-entropy of z / (n_max / n_j)^γ (CDT). Ye et al., 2020, equation 4. */
export const classTemperature = defineMethod(
  z.strictObject({
    kind: z.literal('class-temperature'),
    gamma: z._default(z.number().check(z.gte(0), z.lte(2)), 0.2),
  }),
  ({ gamma }) => singleLabel((batch) => losses['class-temperature'](batch, { gamma })),
);
