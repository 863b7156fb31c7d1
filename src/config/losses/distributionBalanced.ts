import * as z from 'zod/mini';
import { multiLabelLosses } from '../../methods/losses';
import { defineMethod } from '../method';
import { multiLabel } from './types';

/**
 * Focal loss with re-balanced weights and negative-tolerant regularisation; meant for a sampler
 * that draws rare labels more often. Wu et al., ECCV 2020, equations 3 to 8.
 */
export const distributionBalanced = defineMethod(
  z.strictObject({
    kind: z.literal('distribution-balanced'),
    gamma: z._default(z.number().check(z.gte(0), z.lte(10)), 2),
    negativeScale: z._default(z.number().check(z.gte(1), z.lte(100)), 5),
    biasScale: z._default(z.number().check(z.gte(0), z.lte(1)), 0.05),
    weightFloor: z._default(z.number().check(z.gte(0), z.lte(10)), 0.1),
    weightSlope: z._default(z.number().check(z.gt(0), z.lte(100)), 10),
    weightCentre: z._default(z.number().check(z.gte(0), z.lte(1)), 0.3),
  }),
  (settings) => multiLabel((batch) => multiLabelLosses['distribution-balanced'](batch, settings)),
);
