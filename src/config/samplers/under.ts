import * as z from 'zod/mini';
import { resamplePlan, shrunkSizes } from '../../methods/sampling';
import { defineMethod } from '../method';
import { resampleRatio, resampleTraits } from './resampleTraits';

/**
 * Random under-sampling: of the larger classes a subset without replacement, drawn anew each epoch.
 * The strategies are imbalanced-learn's; `ratio` shrinks every class until the smallest is that share
 * of it (Buda et al., Neural Networks 2018). An epoch is as long as the shrunk set.
 */
export const under = defineMethod(
  z.strictObject({
    kind: z.literal('under'),
    strategy: z._default(
      z.enum(['auto', 'majority', 'not minority', 'not majority', 'all']),
      'auto',
    ),
    ratio: resampleRatio,
  }),
  ({ strategy, ratio }) =>
    ratio === undefined
      ? resampleTraits(
          (counts) => resamplePlan(counts, 'under', strategy).counts,
          ['auto', 'not minority', 'all'].includes(strategy),
        )
      : resampleTraits((counts) => shrunkSizes(counts, ratio), ratio === 1),
);
