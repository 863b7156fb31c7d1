/** How a sampler shares the draws of an epoch among the classes. */
export interface SamplerTraits {
  /** Class probabilities [C], 0 for an empty class. */
  probabilities(counts: readonly number[]): Float64Array;
  /** Exponent q where the probability is proportional to n^q, else null. */
  readonly power: number | null;
  /** Every item once an epoch, in a random order, instead of draws with repeats. */
  readonly everyItemOnce: boolean;
}
