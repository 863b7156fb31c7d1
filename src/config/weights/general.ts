import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { scalingKeys, weightTraitsOf } from './scaling';

const weightFunction = z._default(z.enum(['x', 'sqrt', 'log1p']), 'x');

/** Class weight g(Σ f(n_i) / f(n_j)): f weighs the counts, g tames the ratio. */
export const general = defineMethod(
  z.strictObject({
    kind: z.literal('general'),
    f: weightFunction,
    g: weightFunction,
    ...scalingKeys,
  }),
  ({ f, g, ...scaling }) => weightTraitsOf('general', scaling, { f, g }),
);
