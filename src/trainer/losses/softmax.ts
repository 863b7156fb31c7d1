import type { Ops, Tensor } from '../backend/types';
import type { Loss } from './types';

/** One-hot rows [B,C]. */
const oneHot = (ops: Ops, labels: Int32Array, classes: number): Tensor => {
  const values = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => {
    values[row * classes + label] = 1;
  });
  return ops.tensor(values, [labels.length, classes]);
};

/**
 * Softmax cross-entropy of logits plus a fixed offset per class [C]; without offsets the plain
 * loss. An offset must be finite: `methods/priors` has a mask for empty classes.
 */
export const createSoftmaxLoss = (ops: Ops, offsets: Float64Array | null): Loss => {
  const kept =
    offsets === null ? null : ops.keep(ops.tensor(Float32Array.from(offsets), [1, offsets.length]));
  return {
    compute: (logits, labels) => {
      const classes = logits.shape[1] ?? 0;
      const shifted = kept === null ? logits : ops.add(logits, kept);
      const targets = oneHot(ops, labels, classes);
      const { perExample, dLogits } = ops.softmaxCrossEntropy(shifted, targets);
      return { perExample, dLogits: ops.affine(dLogits, 1 / labels.length) };
    },
    dispose: () => {
      if (kept !== null) ops.dispose(kept);
    },
  };
};
