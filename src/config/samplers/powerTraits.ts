import { samplingProbabilities } from '../../methods/sampling';
import type { SamplerTraits } from './types';

/** The family p_j ∝ n_j^q; with q = 1 nothing need be drawn twice. */
export const powerTraits = (q: number): SamplerTraits => ({
  probabilities: (counts) => samplingProbabilities(counts, q),
  power: q,
  draw: { kind: 'class-first' },
});
