import { float64 } from '../numbers';
import type { MultiLabelLoss } from './types';

/**
 * Asymmetric loss, summed over the labels: (1 - p)^gammaPositive (- log p) for the labels an item
 * has, q^gammaNegative (- log(1 - q)) with q = max(p - clip, 0) for the others. As in the authors'
 * training code the focusing factor is a weight: the gradient is that of the logarithm times it.
 * Ben-Baruch et al., ICCV 2021 (arXiv 2009.14119), equations 4 to 7.
 */
export const asymmetric: MultiLabelLoss = (
  { logits, targets, classes },
  { gammaPositive = 1, gammaNegative = 4, clip = 0.05 },
) => {
  const z = float64(logits);
  const perExample = new Float64Array(z.length / classes);
  const gradient = new Float64Array(z.length);
  for (let row = 0; row < perExample.length; row++) {
    let loss = 0;
    for (let i = row * classes; i < (row + 1) * classes; i++) {
      const value = z[i] ?? NaN;
      const small = Math.exp(-Math.abs(value));
      const log = Math.log1p(small);
      const p = (value >= 0 ? 1 : small) / (1 + small);
      const rest = (value >= 0 ? small : 1) / (1 + small);
      if (targets[i] === 1) {
        const factor = Math.pow(rest, gammaPositive);
        loss += factor * (Math.max(-value, 0) + log);
        gradient[i] = -factor * rest;
        continue;
      }
      const shifted = p - clip;
      if (shifted <= 0) continue;
      const factor = Math.pow(shifted, gammaNegative);
      // - log(1 - q): without clip 1 - p may round to 0, so it is written as a softplus.
      const kept = rest + clip;
      loss += factor * (clip === 0 ? Math.max(value, 0) + log : -Math.log(kept));
      gradient[i] = factor * (clip === 0 ? p : (p * rest) / kept);
    }
    perExample[row] = loss;
  }
  return { perExample, gradient };
};
