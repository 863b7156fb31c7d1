import { scaleItems } from './softmax';
import type { LossResult } from './types';

/**
 * Online hard-example mining: the share of the items with the largest losses is trained on, the
 * rest has loss and gradient 0. ceil(share · B) items are kept, the earlier one of equals; the
 * kept are scaled by B / kept, so that the mean over the batch is their mean. Shrivastava et al.,
 * CVPR 2016 (arXiv 1604.03540).
 */
export const hardestItems = (result: LossResult, share: number): LossResult => {
  const { perExample } = result;
  const items = perExample.length;
  const kept = Math.min(items, Math.max(1, Math.ceil(share * items)));
  const order = Array.from(perExample, (_, i) => i).sort(
    (a, b) => (perExample[b] ?? NaN) - (perExample[a] ?? NaN) || a - b,
  );
  const factors = new Float64Array(items);
  for (const i of order.slice(0, kept)) factors[i] = items / kept;
  // A weighted mean then divides by the weights of the kept alone.
  const itemWeights = result.itemWeights?.map((weight, i) => weight * (factors[i] ?? NaN));
  return { ...scaleItems(result, factors), ...(itemWeights && { itemWeights }) };
};
