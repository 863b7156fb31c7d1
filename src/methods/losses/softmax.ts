import { at, map } from '../numbers';
import type { Numbers } from '../numbers';
import { logSoftmaxRows } from '../softmax';
import type { LossResult } from './types';

/** Rows of one-hot targets [items][classes]. */
export const oneHotRows = (labels: Numbers, classes: number): Float64Array => {
  const rows = new Float64Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) rows[i * classes + at(labels, i)] = 1;
  return rows;
};

/**
 * Cross-entropy - sum_j t_j log softmax(z)_j for each row, gradient (sum t) softmax(z) - t. A
 * target of 0 contributes nothing, also where the class is out of the softmax (logit -Infinity).
 */
export const crossEntropyRows = (
  logits: Numbers,
  targets: Numbers,
  classes: number,
): LossResult => {
  const logs = logSoftmaxRows(logits, classes);
  const items = logits.length / classes;
  const perExample = new Float64Array(items);
  const mass = new Float64Array(items);
  for (let i = 0; i < logs.length; i++) {
    const target = at(targets, i);
    if (target === 0) continue;
    const row = Math.floor(i / classes);
    perExample[row] = at(perExample, row) - target * at(logs, i);
    mass[row] = at(mass, row) + target;
  }
  const gradient = map(
    logs,
    (log, i) => at(mass, Math.floor(i / classes)) * Math.exp(log) - at(targets, i),
  );
  return { perExample, gradient };
};

/** The result with every item's loss and gradient times the weight of its label. */
export const weightItems = (result: LossResult, labels: Numbers, weights: Numbers): LossResult => {
  const classes = result.gradient.length / Math.max(1, result.perExample.length);
  const itemWeights = map(labels, (label) => at(weights, label));
  return {
    perExample: map(result.perExample, (loss, i) => loss * at(itemWeights, i)),
    gradient: map(result.gradient, (g, i) => g * at(itemWeights, Math.floor(i / classes))),
    itemWeights,
  };
};
