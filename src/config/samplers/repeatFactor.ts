import * as z from 'zod/mini';
import {
  categoryRepeats,
  medianFrequencyThreshold,
  type RepeatOptions,
} from '../../methods/sampling';
import { map, shares, sum } from '../../methods/numbers';
import { defineMethod } from '../method';
import type { SamplerTraits } from './types';

/** The threshold t of a config: its own number, else the median share of items with a class. */
export const repeatThreshold = (threshold: number | 'median', frequencies: Float64Array): number =>
  threshold === 'median' ? medianFrequencyThreshold(frequencies) : threshold;

/**
 * Every item so often as its rarest label asks, sqrt(threshold / share of items with the label).
 * Gupta et al., CVPR 2019 (LVIS), appendix B.2; their threshold .001 repeats nothing in a set of a
 * thousand items, so the median share is the default.
 */
export const repeatFactor = defineMethod(
  z.strictObject({
    kind: z.literal('repeat-factor'),
    threshold: z._default(
      z.union([z.number().check(z.gt(0), z.lte(1)), z.literal('median')]),
      'median',
    ),
    squareRoot: z._default(z.boolean(), true),
    /** Largest factor. */
    most: z._default(z.number().check(z.gte(1), z.lte(1000)), 10),
  }),
  ({ threshold, squareRoot, most }): SamplerTraits => {
    const repeats = (counts: readonly number[], items: number): Float64Array => {
      const frequencies = map(counts, (n) => n / Math.max(1, items));
      const options: RepeatOptions = {
        threshold: repeatThreshold(threshold, frequencies),
        squareRoot,
        most,
      };
      return Float64Array.from(categoryRepeats(frequencies, options), (factor) => factor ?? 1);
    };
    return {
      // Of one label an item; with several, labels that come together raise each other.
      probabilities: (counts) => {
        const factors = repeats(counts, sum(counts));
        return shares(map(counts, (n, j) => n * (factors[j] ?? 1)));
      },
      power: null,
      draw: { kind: 'repeat', repeats },
    };
  },
);
