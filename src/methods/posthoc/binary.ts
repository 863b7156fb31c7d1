import { map } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * A binary probability moved from the training prior to a uniform one:
 * p n- / (p n- + (1 - p) n+). The same as post-hoc logit adjustment with tau 1.
 */
export const rescaleToUniform = (
  probabilities: Numbers,
  positives: number,
  negatives: number,
): Float64Array =>
  map(probabilities, (p) => (p * negatives) / (p * negatives + (1 - p) * positives));

/** Where the rescaled probability is one half: the positive prior. Predict 1 strictly above it. */
export const priorThreshold = (positives: number, negatives: number): number =>
  positives / (positives + negatives);
