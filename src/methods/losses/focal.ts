import { at } from '../numbers';
import { logSoftmaxRows } from '../softmax';
import type { Loss, LossBatch, LossResult } from './types';
import { balanceItems } from './weighting';

/** log sum exp of a row of log probabilities without one entry: log(1 - p_y), exact near p_y = 1. */
const logRest = (logs: Float64Array, from: number, classes: number, label: number): number => {
  let top = -Infinity;
  for (let j = 0; j < classes; j++) if (j !== label) top = Math.max(top, at(logs, from + j));
  if (top === -Infinity) return -Infinity;
  let total = 0;
  for (let j = 0; j < classes; j++) if (j !== label) total += Math.exp(at(logs, from + j) - top);
  return top + Math.log(total);
};

const focalRows = (batch: LossBatch, gamma: number): LossResult => {
  const { logits, labels, classes } = batch;
  const logs = logSoftmaxRows(logits, classes);
  const perExample = new Float64Array(labels.length);
  const gradient = new Float64Array(logits.length);
  for (let row = 0; row < labels.length; row++) {
    const label = at(labels, row);
    const from = row * classes;
    const logP = at(logs, from + label);
    const logQ = logRest(logs, from, classes, label);
    const modulator = gamma === 0 ? 1 : Math.exp(gamma * logQ);
    perExample[row] = modulator * -logP;
    // dL/dz_j = (onehot_j - p_j) (gamma p q^(gamma-1) log p - q^gamma), q = 1 - p. For j other
    // than the label p_j = q r_j with r a softmax over the rest, so q^(gamma-1) never stands alone.
    const p = Math.exp(logP);
    const q = Math.exp(logQ);
    const common = gamma * p * logP - q;
    for (let j = 0; j < classes; j++) {
      const rest = logQ === -Infinity ? 0 : Math.exp(at(logs, from + j) - logQ);
      gradient[from + j] = modulator * common * (j === label ? 1 : -rest);
    }
  }
  return { perExample, gradient };
};

/**
 * Softmax focal loss (1 - p_y)^gamma (- log p_y); with `beta` times effective-number weights, the
 * weight outside the power. log(1 - p_y) comes from the other logits, so value and gradient stay
 * finite where p_y rounds to 1. Lin et al., ICCV 2017 (arXiv 1708.02002), equation 4.
 */
export const focal: Loss = (batch, { gamma = 2, beta }) =>
  balanceItems(focalRows(batch, gamma), batch, beta);
