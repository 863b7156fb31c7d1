import { map, sum } from '../../methods/numbers';
import { expectedDraws, expectedRepeatedDraws } from '../../methods/sampling';
import { samplerTraits, type SamplerTraits } from '../samplers';
import type { StageConfig } from '../schema';
import type { OverEpochs } from './types';

/** What the stages of a config draw from. */
export interface DrawnItems {
  /** Items of each class [C]. */
  readonly counts: readonly number[];
  /** Items in all: with several labels an item fewer than the counts add up to. */
  readonly items: number;
}

/** Expected draws of each class [C] of one epoch, when the sampler is in force. */
const ownDraws = (
  traits: SamplerTraits,
  { counts, items }: DrawnItems,
  epoch: number,
  epochs: number,
): Float64Array => {
  const { draw } = traits;
  switch (draw.kind) {
    case 'every-item-once':
      return Float64Array.from(counts);
    case 'class-first':
      return expectedDraws(
        draw.at?.(counts, epoch, epochs) ?? traits.probabilities(counts, epochs),
        items,
      );
    case 'class-cycle':
      // Rounds are shuffled, so a last one that is cut short favours nobody.
      return expectedDraws(traits.probabilities(counts, epochs), items);
    case 'resample':
      return Float64Array.from(draw.sizes(counts));
    case 'repeat':
      return expectedRepeatedDraws(counts, draw.repeats(counts, items));
  }
};

/** Draws of one epoch: of each class [C], and samples in all. */
export interface EpochDraws {
  readonly classes: Float64Array;
  readonly samples: number;
}

/** Samples an epoch draws; with several labels an item in proportion to the labels drawn. */
const lengthOf = (traits: SamplerTraits, from: DrawnItems, classes: Float64Array): number => {
  const { kind } = traits.draw;
  if (kind !== 'resample' && kind !== 'repeat') return from.items;
  return Math.round((from.items * sum(classes)) / Math.max(1, sum(from.counts)));
};

/**
 * What a stage is expected to draw in one epoch, counted from 0. Of several labels an item, those
 * are counted that a draw is made for: labels that come along are not.
 */
export const stageDraws = (
  { sampler, epochs, switchAt = 0 }: Pick<StageConfig, 'sampler' | 'epochs' | 'switchAt'>,
  from: DrawnItems,
  epoch: number,
): EpochDraws => {
  if (epoch < switchAt) return { classes: Float64Array.from(from.counts), samples: from.items };
  const traits = samplerTraits(sampler);
  const classes = ownDraws(traits, from, epoch - switchAt, epochs - switchAt);
  return { classes, samples: lengthOf(traits, from, classes) };
};

/** A number of every epoch as its first, last and mean; of a stage of no epoch all are 0. */
export const overEpochs = (values: readonly number[]): OverEpochs => ({
  first: values[0] ?? 0,
  last: values.at(-1) ?? 0,
  mean: values.length === 0 ? 0 : sum(values) / values.length,
});

/** Draws of both batches of a two-branch network: of its own sampler, and in reversed frequency. */
export const withReversedBranch = (
  { classes, samples }: EpochDraws,
  from: DrawnItems,
): EpochDraws => {
  const reversed = samplerTraits({ kind: 'reversed' }).probabilities(from.counts);
  return {
    classes: map(classes, (own, j) => own + samples * (reversed[j] ?? 0)),
    samples: 2 * samples,
  };
};
