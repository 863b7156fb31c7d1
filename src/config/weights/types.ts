import type { Reduction } from '../../methods/losses';

/** What a weight rule does to the loss of a stage. */
export interface WeightTraits {
  /** Class weights [C], scaled as named, 0 for an empty class; null where nothing is weighted. */
  weights(counts: readonly number[]): Float64Array | null;
  /** How the weighted losses of a batch become one number. */
  readonly reduction: Reduction;
  /** β of the effective number, else null. */
  readonly beta: number | null;
}
