import { float64 } from '../numbers';
import type { Loss, LossBatch, LossResult } from './types';

/** log sum exp of the entries in [from, to) but one. */
const logSumWithout = (z: Float64Array, from: number, to: number, without: number): number => {
  let top = -Infinity;
  for (let i = from; i < to; i++) if (i !== without) top = Math.max(top, z[i] ?? NaN);
  if (top === -Infinity) return -Infinity;
  let total = 0;
  for (let i = from; i < to; i++) if (i !== without) total += Math.exp((z[i] ?? NaN) - top);
  return top + Math.log(total);
};

/** log(e^a + e^b). */
const logAdd = (a: number, b: number): number =>
  Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));

const focalRows = ({ logits, labels, classes }: LossBatch, gamma: number): LossResult => {
  const z = float64(logits);
  const perExample = new Float64Array(labels.length);
  const gradient = new Float64Array(z.length);
  for (let row = 0; row < labels.length; row++) {
    const from = row * classes;
    const own = from + (labels[row] ?? NaN);
    // log(1 - p_y) is that of the others less that of all: exact near p_y = 1.
    const rest = logSumWithout(z, from, from + classes, own);
    const norm = logAdd(rest, z[own] ?? NaN);
    const logP = (z[own] ?? NaN) - norm;
    const logQ = rest - norm;
    const modulator = gamma === 0 ? 1 : Math.exp(gamma * logQ);
    perExample[row] = modulator * -logP;
    // dL/dz_j = (onehot_j - p_j) (gamma p q^(gamma-1) log p - q^gamma), q = 1 - p. For j other
    // than the label p_j = q r_j with r a softmax over the rest, so q^(gamma-1) never stands alone.
    const common = modulator * (gamma * Math.exp(logP) * logP - Math.exp(logQ));
    if (rest !== -Infinity)
      for (let i = from; i < from + classes; i++)
        gradient[i] = -common * Math.exp((z[i] ?? NaN) - rest);
    gradient[own] = common;
  }
  return { perExample, gradient };
};

/**
 * Softmax focal loss (1 - p_y)^gamma (- log p_y); class weights stand outside the power. log(1 - p_y)
 * comes from the other logits, so value and gradient stay finite where p_y rounds to 1.
 * Lin et al., ICCV 2017 (arXiv 1708.02002), equation 4.
 */
export const focal: Loss = (batch, { gamma = 2 }) => focalRows(batch, gamma);
