import type { Numbers } from '../../methods/numbers';

/** What a loss may know of the training data. */
export interface LossSource {
  /** Training counts after hold-out [C]: with several labels an item, the items that have each. */
  readonly counts: readonly number[];
  /** Training items. */
  readonly samples: number;
  /** What a cosine classifier multiplies its logits by; 1 for the others. */
  readonly logitScale: number;
}

/** The truth about a batch. */
export interface BatchTruth {
  /** Class of each item [B]; unused with several labels an item. */
  readonly labels: Int32Array;
  /** 1 where the item has the label [B][C], with several labels an item; else null. */
  readonly targets: Uint8Array | null;
  /** How the batch was mixed, or null. */
  readonly mixed: MixedBatch | null;
}

/** Items mixed in pairs: λ of each item and 1 − λ of its partner. */
export interface MixedBatch {
  /** Partner of each item: places in the batch, a permutation [B]. */
  readonly partners: Uint32Array;
  /** Share of the label that each item keeps [B]. */
  readonly factors: Float64Array;
}

export interface LossValue {
  /** Sum over the batch; its mean is what is trained on. */
  readonly lossSum: number;
  /** Gradient of the batch's reduced loss by the logits [B][C]. */
  readonly gradient: Numbers;
}

/**
 * What a stage trains on: its loss with class weights, hard examples and mixing, in float64. An
 * epoch before the stage's `switchAt` has no class weights.
 */
export interface Objective {
  evaluate(logits: Float32Array, truth: BatchTruth, epoch: number): LossValue;
}
