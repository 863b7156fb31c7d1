import type { Ops, Tensor } from '../backend/types';
import type { BatchTruth, Objective } from '../losses/types';

/**
 * The batch's summed loss, and the gradient of its reduced loss as a tensor the caller frees. The
 * few numbers of a batch's logits are read back: losses are computed in float64, once for all
 * backends.
 */
export const lossGradient = (
  ops: Ops,
  objective: Objective,
  logits: Tensor,
  { truth, epoch }: { readonly truth: BatchTruth; readonly epoch: number },
): { readonly lossSum: number; readonly dLogits: Tensor } => {
  const { lossSum, gradient } = objective.evaluate(ops.read(logits), truth, epoch);
  return { lossSum, dLogits: ops.tensor(new Float32Array(gradient), logits.shape) };
};
