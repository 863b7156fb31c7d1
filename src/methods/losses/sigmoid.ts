import { at, sigmoid, softplus } from '../numbers';
import type { Loss, LossBatch, LossResult } from './types';
import { balanceItems } from './weighting';

/**
 * Sum over the C outputs of a_j (1 - p)^gamma (- log p) with p the probability of the right answer
 * of output j: sigmoid(z_y) for the label, sigmoid(-z_j) for the rest. Written with softplus:
 * - log p = softplus(-u) and (1 - p)^gamma = exp(-gamma softplus(u)) for u = z_y or -z_j.
 */
const sigmoidRows = (
  { logits, labels, classes }: LossBatch,
  gamma: number,
  alpha: number | undefined,
): LossResult => {
  const perExample = new Float64Array(labels.length);
  const gradient = new Float64Array(logits.length);
  for (let i = 0; i < logits.length; i++) {
    const row = Math.floor(i / classes);
    const own = i % classes === at(labels, row);
    const sign = own ? 1 : -1;
    const u = sign * at(logits, i);
    const weight = alpha === undefined ? 1 : own ? alpha : 1 - alpha;
    const modulator = weight * Math.exp(-gamma * softplus(u));
    perExample[row] = at(perExample, row) + modulator * softplus(-u);
    gradient[i] = sign * modulator * (-gamma * sigmoid(u) * softplus(-u) - sigmoid(-u));
  }
  return { perExample, gradient };
};

/** Sigmoid focal loss, summed over outputs; `alpha` weighs the label's output, 1 - alpha the rest. */
export const focalSigmoid: Loss = (batch, { gamma = 2, alpha }) => sigmoidRows(batch, gamma, alpha);

/** Binary cross-entropy summed over outputs times effective-number weights. Cui et al., section 4.1. */
export const classBalancedSigmoid: Loss = (batch, { beta = 0.9999 }) =>
  balanceItems(sigmoidRows(batch, 0, undefined), batch, beta);

/** Sigmoid focal loss without alpha times effective-number weights. Cui et al., section 4.3. */
export const classBalancedFocal: Loss = (batch, { gamma = 0.5, beta = 0.9999 }) =>
  balanceItems(sigmoidRows(batch, gamma, undefined), batch, beta);
