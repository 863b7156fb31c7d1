import { map } from '../numbers';
import type { Numbers } from '../numbers';
import { effectiveNumberWeights } from './effectiveNumber';
import { normaliseWeights } from './normalise';

/**
 * Deferred re-weighting: class weights [C] at an epoch counted from 0. All 1 before `switchEpoch`,
 * effective-number weights (averaging 1 over classes) from then on. Cao et al., NeurIPS 2019,
 * algorithm 1, with the weights of its published code.
 */
export const deferredWeights = (
  counts: Numbers,
  epoch: number,
  schedule: { readonly switchEpoch: number; readonly beta: number },
): Float64Array =>
  epoch < schedule.switchEpoch
    ? map(counts, () => 1)
    : normaliseWeights(effectiveNumberWeights(counts, schedule.beta), counts, 'sumC');
