import { at, map } from '../numbers';
import type { Numbers } from '../numbers';
import type { LossResult } from './types';

/**
 * Loss of mixed items: factor · ℓ(z, own label) + (1 − factor) · ℓ(z, partner's label), one factor
 * an item [items]. Zhang et al., ICLR 2018 (arXiv 1710.09412), as its authors' code computes it.
 */
export const mixResults = (own: LossResult, other: LossResult, factors: Numbers): LossResult => {
  const classes = own.gradient.length / Math.max(1, own.perExample.length);
  const blend = (a: Numbers, b: Numbers, width: number): Float64Array =>
    map(a, (value, i) => {
      const factor = at(factors, Math.floor(i / width));
      return factor * value + (1 - factor) * at(b, i);
    });
  return {
    perExample: blend(own.perExample, other.perExample, 1),
    gradient: blend(own.gradient, other.gradient, classes),
    ...(own.itemWeights &&
      other.itemWeights && { itemWeights: blend(own.itemWeights, other.itemWeights, 1) }),
  };
};
