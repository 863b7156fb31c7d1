/** How a stage mixes the items of a batch with a permutation of it. */
export interface MixingTraits {
  /** What is mixed: nothing, the inputs, or the pooled features. */
  readonly place: 'none' | 'inputs' | 'features';
  /** a of the mixing factor λ ~ Beta(a, a), one draw a batch. */
  readonly alpha: number;
  /**
   * Share of the label that an item keeps when it is mixed with share λ of itself and its partner;
   * `own` and `partner` are the training counts of their classes.
   */
  labelFactor(own: number, partner: number, lambda: number): number;
}
