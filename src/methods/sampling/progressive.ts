import { at, map } from '../numbers';
import type { Numbers } from '../numbers';
import { samplingProbabilities } from './power';

/**
 * Progressively balanced class probabilities (1 - t) p_instance + t p_balanced [C] for t in
 * [0, 1]. Kang et al., ICLR 2020, equation 2.
 */
export const progressiveProbabilities = (counts: Numbers, t: number): Float64Array => {
  const natural = samplingProbabilities(counts, 1);
  const balanced = samplingProbabilities(counts, 0);
  return map(natural, (p, j) => (1 - t) * p + t * at(balanced, j));
};

/**
 * How far the progressive sampler is at epoch e = 0 … epochs - 1: e / (epochs - 1), as its authors'
 * code steps it (the paper prints e / epochs), 0 for a single epoch.
 */
export const progressiveShare = (epoch: number, epochs: number): number =>
  epochs <= 1 ? 0 : Math.min(1, Math.max(0, epoch / (epochs - 1)));
