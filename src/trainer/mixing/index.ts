import { createRandom, shuffle } from '../../common/random';
import { mixingTraits } from '../../config/mixing';
import type { StageConfig } from '../../config/schema';
import { drawBeta, mixRowsInto } from '../../methods/mixing';
import type { MixedBatch } from '../losses/types';

/** How the rows of one batch are mixed. */
export interface BatchMixing extends MixedBatch {
  /** Share of the input (or features) that each row keeps; the rest is its partner's. */
  readonly lambda: number;
}

export interface Mixer {
  /** What is mixed. */
  readonly place: 'none' | 'inputs' | 'features';
  /** The mixing of the batch drawn from place `at` of an epoch on; null where nothing is mixed. */
  draw(
    labels: Int32Array,
    place: { readonly epoch: number; readonly at: number },
  ): BatchMixing | null;
}

/**
 * How a stage mixes its batches: one λ ~ Beta(α, α) and one permutation a batch, which depend on seed
 * and place alone. Labels are shared as `config/mixing` says, by the training counts [C].
 */
export const createMixer = (
  config: Pick<StageConfig, 'mixing'>,
  { seed, counts }: { readonly seed: number; readonly counts: readonly number[] },
): Mixer => {
  const traits = mixingTraits(config.mixing);
  // With several labels an item there is no class to compare: such pairs count as even.
  const countOf = (label: number | undefined): number => counts[label ?? -1] ?? 1;
  return {
    place: traits.place,
    draw: (labels, { epoch, at }) => {
      if (traits.place === 'none') return null;
      const random = createRandom(seed, 'mixing', epoch, at);
      const lambda = drawBeta(traits.alpha, random);
      const partners = shuffle(Uint32Array.from(labels.keys()), random);
      const factors = Float64Array.from(labels, (own, i) =>
        traits.labelFactor(countOf(own), countOf(labels[partners[i] ?? 0]), lambda),
      );
      return { lambda, partners, factors };
    },
  };
};

/** λ of each row and 1 − λ of its partner: rows [B, width] → as many, new. */
export const mixValues = (rows: Float32Array, { lambda, partners }: BatchMixing): Float32Array =>
  mixRowsInto(new Float32Array(rows.length), rows, rows.length / partners.length, {
    partners,
    factors: new Float64Array(partners.length).fill(lambda),
  });
