import * as z from 'zod/mini';
import { shares } from '../../methods/numbers';
import type { SamplerTraits } from './types';

/** Smallest over largest class after re-sampling, in place of a strategy. */
export const resampleRatio = z.optional(z.number().check(z.gt(0), z.lte(1)));

/** A sampler that gives every class a size; `balanced` where all of these are equal. */
export const resampleTraits = (
  sizes: (counts: readonly number[]) => readonly number[],
  balanced: boolean,
): SamplerTraits => ({
  probabilities: (counts) => shares(sizes(counts)),
  power: balanced ? 0 : null,
  draw: { kind: 'resample', sizes },
});
