import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { scalingKeys, weightTraitsOf } from './scaling';

/** Class weight proportional to 1 / n_j. */
export const inverse = defineMethod(
  z.strictObject({ kind: z.literal('inverse'), ...scalingKeys }),
  (settings) => weightTraitsOf('inverse', settings),
);
