/** How a sampler shares the draws of an epoch among the classes. */
export interface SamplerTraits {
  /**
   * Class probabilities [C] that training ends with, 0 for an empty class: a later correction
   * divides by them. For samplers that change from epoch to epoch, those of the last of `epochs`
   * (many where it is not told).
   */
  probabilities(counts: readonly number[], epochs?: number): Float64Array;
  /** Exponent q where the probability is proportional to n^q, else null. */
  readonly power: number | null;
  /** How the draws of an epoch are made of it. */
  readonly draw: DrawTraits;
}

export type DrawTraits =
  /** Every item once an epoch, in a random order. */
  | { readonly kind: 'every-item-once' }
  /** A class by its probability, each draw on its own, then the class's next item. */
  | {
      readonly kind: 'class-first';
      /** Class probabilities [C] of an epoch, where they are not always `probabilities`. */
      readonly at?: (counts: readonly number[], epoch: number, epochs: number) => Float64Array;
    }
  /** Classes in shuffled rounds, so many items of each in a row. */
  | { readonly kind: 'class-cycle'; readonly perClass: number }
  /** Each class grown or shrunk to a number of items [C]: an epoch is as long as their sum. */
  | { readonly kind: 'resample'; sizes(counts: readonly number[]): readonly number[] }
  /** Every item so often as its rarest label asks, fractions by chance. */
  | {
      readonly kind: 'repeat';
      /** Repeats of each label [C], from the share of items that have it; at least 1. */
      repeats(counts: readonly number[], items: number): Float64Array;
    };
