/** What a loss does to the logits of a stage. */
export interface LossTraits {
  /** Added to the logits in training [C], −Infinity for an empty class; null for nothing. */
  offsets(counts: readonly number[]): Float64Array | null;
  /** Exponent of the training prior that the trained logits have already left out: 0 for none. */
  readonly adjustedTau: number;
}
