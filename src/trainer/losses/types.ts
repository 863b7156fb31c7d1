import type { Ops, Tensor } from '../backend/types';

/** What a loss may know of the training data. */
export interface LossSource {
  readonly ops: Ops;
  /** Training counts after hold-out [C]. */
  readonly counts: readonly number[];
}

export interface LossValue {
  /** Loss of each example [B]. */
  readonly perExample: Tensor;
  /** Gradient of the batch mean with respect to the logits [B,C]. */
  readonly dLogits: Tensor;
}

/** A loss on logits; the reduction is the mean over the batch. */
export interface Loss {
  /** Called inside a `tidy`: what it makes and does not return is freed by the caller. */
  compute(logits: Tensor, labels: Int32Array): LossValue;
  /** Frees what the loss keeps between batches. */
  dispose(): void;
}
