import type { Numbers } from '../numbers';
import type { LossResult } from './types';

const blend = (a: Float64Array, b: Float64Array, factors: Numbers, width: number): Float64Array => {
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) {
    const factor = factors[Math.floor(i / width)] ?? NaN;
    result[i] = factor * (a[i] ?? NaN) + (1 - factor) * (b[i] ?? NaN);
  }
  return result;
};

/**
 * Loss of mixed items: factor · ℓ(z, own label) + (1 − factor) · ℓ(z, partner's label), one factor
 * an item [items]. Zhang et al., ICLR 2018 (arXiv 1710.09412), as its authors' code computes it.
 */
export const mixResults = (own: LossResult, other: LossResult, factors: Numbers): LossResult => {
  const classes = own.gradient.length / Math.max(1, own.perExample.length);
  return {
    perExample: blend(own.perExample, other.perExample, factors, 1),
    gradient: blend(own.gradient, other.gradient, factors, classes),
    ...(own.itemWeights &&
      other.itemWeights && { itemWeights: blend(own.itemWeights, other.itemWeights, factors, 1) }),
  };
};
