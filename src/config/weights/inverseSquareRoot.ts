import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { scalingKeys, weightTraitsOf } from './scaling';

/** Class weight proportional to 1 / √n_j. */
export const inverseSquareRoot = defineMethod(
  z.strictObject({ kind: z.literal('inverse-sqrt'), ...scalingKeys }),
  (settings) => weightTraitsOf('inverse-sqrt', settings),
);
