import * as z from 'zod/mini';
import { progressiveProbabilities, progressiveShare } from '../../methods/sampling';
import { defineMethod } from '../method';
import type { SamplerTraits } from './types';

/**
 * From the data's own shares in the first epoch to equal shares in the last; a stage of one epoch
 * stays with the first. Kang et al., ICLR 2020, equation 2.
 */
export const progressive = defineMethod(
  z.strictObject({ kind: z.literal('progressive') }),
  (): SamplerTraits => ({
    probabilities: (counts, epochs) => progressiveProbabilities(counts, epochs === 1 ? 0 : 1),
    power: null,
    draw: {
      kind: 'class-first',
      at: (counts, epoch, epochs) =>
        progressiveProbabilities(counts, progressiveShare(epoch, epochs)),
    },
  }),
);
