import * as z from 'zod/mini';
import { losses } from '../../methods/losses';
import { defineMethod } from '../method';
import { singleLabel } from './types';

const factor = z.number().check(z.gte(0), z.lt(1));

/**
 * Label smoothing whose ε rises with the label's count from `tail` to `head`. Zhong et al., CVPR
 * 2021, equations 4 to 6.
 */
export const labelAwareSmoothing = defineMethod(
  z.strictObject({
    kind: z.literal('label-aware-smoothing'),
    head: z._default(factor, 0.3),
    tail: z._default(factor, 0),
    shape: z._default(z.enum(['concave', 'linear', 'convex']), 'concave'),
  }),
  ({ head, tail, shape }) =>
    singleLabel((batch) =>
      losses['label-aware-smoothing'](batch, {
        smoothHead: head,
        smoothTail: tail,
        smoothShape: shape,
      }),
    ),
);
