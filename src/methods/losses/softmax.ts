import { float64, mean } from '../numbers';
import type { Numbers } from '../numbers';
import type { LossResult } from './types';

/** Rows of one-hot targets [items][classes]. */
export const oneHotRows = (labels: Numbers, classes: number): Uint8Array => {
  const rows = new Uint8Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) rows[i * classes + (labels[i] ?? NaN)] = 1;
  return rows;
};

/**
 * Turns the row of logits in [from, to) into its softmax, in place, with one exponential an entry;
 * gives log sum exp. An entry of -Infinity gets 0.
 */
const softmaxInPlace = (z: Float64Array, from: number, to: number): number => {
  let top = -Infinity;
  for (let i = from; i < to; i++) top = Math.max(top, z[i] ?? NaN);
  let total = 0;
  for (let i = from; i < to; i++) {
    const power = Math.exp((z[i] ?? NaN) - top);
    z[i] = power;
    total += power;
  }
  for (let i = from; i < to; i++) z[i] = (z[i] ?? NaN) / total;
  return top + Math.log(total);
};

/**
 * Cross-entropy log sum exp z - z_y of each row of [items][classes], gradient softmax(z) - onehot.
 * With `smoothing` [classes] the target of label y is (1 - e) onehot + e / C, e = smoothing_y.
 */
export const labelCrossEntropy = (
  logits: Numbers,
  labels: Numbers,
  classes: number,
  smoothing: Numbers | null = null,
): LossResult => {
  const gradient = new Float64Array(logits);
  const perExample = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const from = row * classes;
    const label = labels[row] ?? NaN;
    const e = smoothing === null ? 0 : (smoothing[label] ?? NaN);
    const own = gradient[from + label] ?? NaN;
    const others = e === 0 ? 0 : mean(gradient.subarray(from, from + classes));
    const norm = softmaxInPlace(gradient, from, from + classes);
    perExample[row] = norm - (1 - e) * own - e * others;
    if (e !== 0)
      for (let j = from; j < from + classes; j++) gradient[j] = (gradient[j] ?? NaN) - e / classes;
    gradient[from + label] = (gradient[from + label] ?? NaN) - (1 - e);
  }
  return { perExample, gradient };
};

/**
 * Cross-entropy - sum_j t_j log softmax(z)_j of each row with targets [items][classes], gradient
 * (sum t) softmax(z) - t. A target of 0 contributes nothing, also where the class is out of the
 * softmax (logit -Infinity).
 */
export const crossEntropyRows = (
  logits: Numbers,
  targets: Numbers,
  classes: number,
): LossResult => {
  const z = float64(logits);
  const t = float64(targets);
  const gradient = new Float64Array(z);
  const perExample = new Float64Array(z.length / classes);
  for (let row = 0; row < perExample.length; row++) {
    const from = row * classes;
    const norm = softmaxInPlace(gradient, from, from + classes);
    let loss = 0;
    let mass = 0;
    for (let j = from; j < from + classes; j++) {
      const target = t[j] ?? NaN;
      if (target === 0) continue;
      loss += target * (norm - (z[j] ?? NaN));
      mass += target;
    }
    perExample[row] = loss;
    for (let j = from; j < from + classes; j++)
      gradient[j] = mass * (gradient[j] ?? NaN) - (t[j] ?? NaN);
  }
  return { perExample, gradient };
};

/** The result with every item's loss and gradient times a factor [items]; `result` is not changed. */
export const scaleItems = (result: LossResult, factors: Float64Array): LossResult => {
  const items = result.perExample.length;
  const classes = result.gradient.length / Math.max(1, items);
  const perExample = new Float64Array(items);
  const gradient = new Float64Array(result.gradient.length);
  for (let row = 0; row < items; row++) {
    const factor = factors[row] ?? NaN;
    perExample[row] = factor * (result.perExample[row] ?? NaN);
    for (let i = row * classes; i < (row + 1) * classes; i++)
      gradient[i] = factor * (result.gradient[i] ?? NaN);
  }
  return { ...result, perExample, gradient };
};

/** The result with every item's loss and gradient times the weight of its label. */
export const weightItems = (result: LossResult, labels: Numbers, weights: Numbers): LossResult => {
  const itemWeights = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++)
    itemWeights[row] = weights[labels[row] ?? NaN] ?? NaN;
  return { ...scaleItems(result, itemWeights), itemWeights };
};
