import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { powerTraits } from './powerTraits';

/** Class probability proportional to the square root of its count. Kang et al., ICLR 2020, equation 1 with q = 1/2. */
export const squareRoot = defineMethod(z.strictObject({ kind: z.literal('square-root') }), () =>
  powerTraits(0.5),
);
