import * as z from 'zod/mini';
import { losses } from '../../methods/losses';
import { defineMethod } from '../method';
import { singleLabel } from './types';

/** Targets (1 − ε) onehot + ε / C. Szegedy et al., CVPR 2016, section 7. */
export const labelSmoothing = defineMethod(
  z.strictObject({
    kind: z.literal('label-smoothing'),
    epsilon: z._default(z.number().check(z.gte(0), z.lt(1)), 0.1),
  }),
  ({ epsilon }) => singleLabel((batch) => losses['label-smoothing'](batch, { epsilon })),
);
