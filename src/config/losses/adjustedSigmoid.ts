import * as z from 'zod/mini';
import { multiLabelLosses } from '../../methods/losses';
import { defineMethod } from '../method';
import { multiLabel } from './types';

/** Binary cross-entropy of z_j + τ·log(n_j / (N − n_j)): logit adjustment for each label by itself. */
export const adjustedSigmoid = defineMethod(
  z.strictObject({
    kind: z.literal('adjusted-sigmoid'),
    tau: z._default(z.number().check(z.gte(0), z.lte(4)), 1),
  }),
  (settings) => ({
    ...multiLabel((batch) => multiLabelLosses['adjusted-sigmoid'](batch, settings)),
    adjustedTau: settings.tau,
  }),
);
