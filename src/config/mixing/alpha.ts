import * as z from 'zod/mini';

/** a of λ ~ Beta(a, a): 1 draws evenly from 0 … 1, small values mix hardly at all. */
export const mixingAlpha = z._default(z.number().check(z.gt(0), z.lte(10)), 1);
