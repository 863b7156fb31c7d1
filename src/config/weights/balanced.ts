import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { reductionKey, weightTraitsOf } from './scaling';

/** Class weight N / (C n_j), which averages 1 over the samples: scikit-learn's "balanced". */
export const balanced = defineMethod(
  z.strictObject({ kind: z.literal('balanced'), ...reductionKey }),
  (settings) => weightTraitsOf('balanced', { ...settings, normalisation: 'sample-mean' }),
);
