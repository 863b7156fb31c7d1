import { at, map } from '../numbers';
import type { LossResult } from './types';

/**
 * Online hard-example mining: the share of the items with the largest losses is trained on, the
 * rest has loss and gradient 0. ceil(share · B) items are kept, the earlier one of equals; the
 * kept are scaled by B / kept, so that the mean over the batch is their mean. Shrivastava et al.,
 * CVPR 2016 (arXiv 1604.03540).
 */
export const hardestItems = (result: LossResult, share: number): LossResult => {
  const items = result.perExample.length;
  const classes = result.gradient.length / Math.max(1, items);
  const kept = Math.min(items, Math.max(1, Math.ceil(share * items)));
  const order = Array.from(result.perExample, (_, i) => i).sort(
    (a, b) => at(result.perExample, b) - at(result.perExample, a) || a - b,
  );
  const factor = new Float64Array(items);
  for (const i of order.slice(0, kept)) factor[i] = items / kept;
  return {
    ...result,
    perExample: map(result.perExample, (loss, i) => loss * at(factor, i)),
    gradient: map(result.gradient, (g, i) => g * at(factor, Math.floor(i / classes))),
  };
};
