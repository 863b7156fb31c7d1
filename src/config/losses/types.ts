import type { LossBatch, LossResult } from '../../methods/losses';
import type { MultiLabelBatch } from '../../methods/losses/types';

/** What the loss of a stage computes. */
export interface LossTraits {
  /**
   * Loss and gradient of items with one label each; null for a loss of several labels. A cosine
   * classifier's logits come multiplied by `logitScale` (1 for the others).
   */
  readonly single: ((batch: LossBatch, logitScale: number) => LossResult) | null;
  /** The same for items with any number of labels; null for a loss of one label. */
  readonly multi: ((batch: MultiLabelBatch) => LossResult) | null;
  /** Exponent of the training prior that the trained logits have already left out: 0 for none. */
  readonly adjustedTau: number;
}

/** A loss of one label an item that leaves the prior in. */
export const singleLabel = (single: NonNullable<LossTraits['single']>): LossTraits => ({
  single,
  multi: null,
  adjustedTau: 0,
});

/** A loss of several labels an item that leaves the prior in. */
export const multiLabel = (multi: NonNullable<LossTraits['multi']>): LossTraits => ({
  single: null,
  multi,
  adjustedTau: 0,
});
