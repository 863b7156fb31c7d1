import * as z from 'zod/mini';
import { losses } from '../../methods/losses';
import { defineMethod } from '../method';
import { singleLabel } from './types';

/** Plain softmax cross-entropy. */
export const crossEntropy = defineMethod(z.strictObject({ kind: z.literal('cross-entropy') }), () =>
  singleLabel((batch) => losses['cross-entropy'](batch, {})),
);
