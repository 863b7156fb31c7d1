import { mean, sum } from '../numbers';
import type { LossResult } from './types';

/**
 * How a batch becomes one number: `mean` is the sum over items divided by their number;
 * `weightedMean` divides by the sum of the items' class weights (PyTorch's cross_entropy with
 * `weight`), in which any factor common to all weights cancels.
 */
export type Reduction = 'mean' | 'weightedMean';

/** The batch's loss and its derivative by the logits [items][classes]. */
export const reduceLoss = (
  result: LossResult,
  reduction: Reduction,
): { readonly loss: number; readonly gradient: Float64Array } => {
  const items = result.perExample.length;
  const divisor =
    reduction === 'weightedMean' && result.itemWeights ? sum(result.itemWeights) : items;
  const gradient = new Float64Array(result.gradient.length);
  for (let i = 0; i < gradient.length; i++) gradient[i] = (result.gradient[i] ?? NaN) / divisor;
  return {
    loss: divisor === items ? mean(result.perExample) : sum(result.perExample) / divisor,
    gradient,
  };
};
