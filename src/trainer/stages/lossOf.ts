import type { Ops, Tensor } from '../backend/types';
import type { Loss } from '../losses/types';

/** The batch's summed loss as a number and the gradient of its mean; nothing else is left behind. */
export const lossOf = (
  ops: Ops,
  loss: Loss,
  logits: Tensor,
  labels: Int32Array,
): { readonly lossSum: number; readonly dLogits: Tensor } => {
  const { perExample, dLogits } = ops.tidy(() => {
    const value = loss.compute(logits, labels);
    return { perExample: value.perExample, dLogits: value.dLogits };
  });
  const lossSum = ops.read(perExample).reduce((sum, one) => sum + one, 0);
  ops.dispose(perExample);
  return { lossSum, dLogits };
};
