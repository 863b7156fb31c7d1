import * as z from 'zod/mini';
import { grownSizes, resamplePlan } from '../../methods/sampling';
import { defineMethod } from '../method';
import { resampleRatio, resampleTraits } from './resampleTraits';

/**
 * Random over-sampling: all items, and extra ones of the smaller classes drawn with replacement. The
 * strategies are imbalanced-learn's; `ratio` grows every class to that share of the largest instead
 * (Buda et al., Neural Networks 2018). An epoch is as long as the grown set.
 */
export const over = defineMethod(
  z.strictObject({
    kind: z.literal('over'),
    strategy: z._default(
      z.enum(['auto', 'minority', 'not minority', 'not majority', 'all']),
      'auto',
    ),
    ratio: resampleRatio,
  }),
  ({ strategy, ratio }) =>
    ratio === undefined
      ? resampleTraits(
          (counts) => resamplePlan(counts, 'over', strategy).counts,
          ['auto', 'not majority', 'all'].includes(strategy),
        )
      : resampleTraits((counts) => grownSizes(counts, ratio), ratio === 1),
);
