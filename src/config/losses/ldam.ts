import * as z from 'zod/mini';
import { losses } from '../../methods/losses';
import { defineMethod } from '../method';
import { singleLabel } from './types';

/**
 * Cross-entropy with a margin maxMargin · (n_min / n_j)^(1/4) taken off the label's cosine; the
 * scale is the cosine classifier's. Cao et al., NeurIPS 2019, equations 12 and 13.
 */
export const ldam = defineMethod(
  z.strictObject({
    kind: z.literal('ldam'),
    maxMargin: z._default(z.number().check(z.gte(0), z.lte(2)), 0.5),
  }),
  ({ maxMargin }) =>
    singleLabel((batch, scale) => losses['scaled-ldam'](batch, { maxMargin, scale })),
);
