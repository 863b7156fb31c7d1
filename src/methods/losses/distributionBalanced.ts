import { float64, map, sigmoid } from '../numbers';
import { sigmoidBiasInit } from '../priors';
import type { MultiLabelLoss } from './types';

/**
 * Distribution-balanced loss, summed over the labels. Each label weighs
 * a + sigmoid(b (r - mu)), r = (1 / n_j) / sum of 1 / n over the labels the item has; the logits get
 * kappa / lambda · log(n_j / (N - n_j)), and those of labels the item has not are multiplied by
 * lambda and their loss divided by it; all of it in the focal loss with gamma, doubled. An item
 * without labels weighs a + 1, the limit. a, b, mu are `weightFloor`, `weightSlope`, `weightCentre`;
 * kappa `biasScale`, lambda `negativeScale`; defaults as for VOC-MLT. Wu et al., ECCV 2020
 * (arXiv 2007.09654), equations 3 to 8, with the factor 2 of the authors' code.
 */
export const distributionBalanced: MultiLabelLoss = (
  { logits, targets, classes, counts, samples },
  {
    gamma = 2,
    negativeScale = 5,
    biasScale = 0.05,
    weightFloor = 0.1,
    weightSlope = 10,
    weightCentre = 0.3,
  },
) => {
  const z = float64(logits);
  const inverse = map(counts, (n) => 1 / n);
  const bias = map(counts, (n) =>
    biasScale === 0 ? 0 : (biasScale / negativeScale) * sigmoidBiasInit(n / samples),
  );
  const perExample = new Float64Array(z.length / classes);
  const gradient = new Float64Array(z.length);
  for (let row = 0; row < perExample.length; row++) {
    const from = row * classes;
    let repeat = 0;
    for (let j = 0; j < classes; j++) if (targets[from + j] === 1) repeat += inverse[j] ?? NaN;
    let loss = 0;
    for (let j = 0; j < classes; j++) {
      const i = from + j;
      const has = targets[i] === 1;
      const scale = has ? 1 : -negativeScale;
      const u = scale * ((z[i] ?? NaN) + (bias[j] ?? NaN));
      const share = repeat === 0 ? Infinity : (inverse[j] ?? NaN) / repeat;
      const weight = weightFloor + sigmoid(weightSlope * (share - weightCentre));
      const small = Math.exp(-Math.abs(u));
      const log = Math.log1p(small);
      const wrong = (u >= 0 ? small : 1) / (1 + small);
      const cost = Math.max(-u, 0) + log;
      const factor =
        (2 * weight * Math.exp(-gamma * (Math.max(u, 0) + log))) / (has ? 1 : negativeScale);
      loss += factor * cost;
      gradient[i] = -scale * factor * (gamma * (1 - wrong) * cost + wrong);
    }
    perExample[row] = loss;
  }
  return { perExample, gradient };
};
