import type { Numbers } from '../numbers';

/** What a loss is computed on. Logits are row-major [items][classes]; labels class positions. */
export interface LossBatch {
  readonly classes: number;
  /** Training counts [classes], of the whole training split, never of the batch. */
  readonly counts: Numbers;
  readonly labels: Numbers;
  readonly logits: Numbers;
}

/** What a loss of several labels an item is computed on. */
export interface MultiLabelBatch {
  readonly classes: number;
  /** Training items that have the label [classes]. */
  readonly counts: Numbers;
  /** Training items. */
  readonly samples: number;
  /** 1 where the item has the label, else 0, row-major [items][classes]. */
  readonly targets: Numbers;
  readonly logits: Numbers;
}

/** Parameters by name; each loss reads its own and has a default for them. */
export interface LossParams {
  readonly tau?: number;
  readonly gamma?: number;
  readonly alpha?: number | undefined;
  readonly epsilon?: number;
  readonly maxMargin?: number;
  readonly scale?: number;
  readonly smoothHead?: number;
  readonly smoothTail?: number;
  readonly smoothShape?: 'concave' | 'linear' | 'convex';
  /** Soft targets, row-major [items][classes]. */
  readonly targets?: Numbers;
  readonly positiveCap?: number | undefined;
  readonly gammaPositive?: number;
  readonly gammaNegative?: number;
  readonly clip?: number;
  readonly negativeScale?: number;
  readonly biasScale?: number;
  readonly weightFloor?: number;
  readonly weightSlope?: number;
  readonly weightCentre?: number;
}

export interface LossResult {
  /** Loss of each item, class weight included [items]. */
  readonly perExample: Float64Array;
  /** Derivative of each item's loss by its own logits [items][classes]; no reduction applied. */
  readonly gradient: Float64Array;
  /** Class weight of each item's label [items], where the loss has class weights. */
  readonly itemWeights?: Float64Array;
}

/** One loss, in float64 and on logits: the reference for what the trainer computes in tensors. */
export type Loss = (batch: LossBatch, params: LossParams) => LossResult;

/** One loss of several labels an item, summed over the labels. */
export type MultiLabelLoss = (batch: MultiLabelBatch, params: LossParams) => LossResult;
