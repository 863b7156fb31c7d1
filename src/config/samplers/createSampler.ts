import { createRandom } from '../../common/random';
import { sum } from '../../methods/numbers';
import { drawClassCycle, drawClassFirst } from '../../methods/drawing/classFirst';
import { drawEveryItem, drawRepeated, drawResampled } from '../../methods/drawing/everyItem';
import type { Drawing, Sampler, SamplerSource } from '../../methods/drawing/types';
import type { SamplerConfig } from '../schema';
import { samplerTraits, type SamplerTraits } from '.';

/** Repeats of each item [N]: the largest of its labels', 1 for an item without any. */
const itemRepeats = (
  { labels, labelLists }: SamplerSource,
  ofLabel: Float64Array,
): Float64Array => {
  const repeats = new Float64Array(labelLists?.length ?? labels.length);
  for (let item = 0; item < repeats.length; item++) {
    const own = labelLists?.[item] ?? [labels[item] ?? 0];
    let most = 1;
    for (let i = 0; i < own.length; i++) most = Math.max(most, ofLabel[own[i] ?? 0] ?? 1);
    repeats[item] = most;
  }
  return repeats;
};

const drawingOf = (traits: SamplerTraits, source: SamplerSource): Drawing => {
  const { draw } = traits;
  const { counts } = source;
  const items = source.labelLists?.length ?? source.labels.length;
  switch (draw.kind) {
    case 'every-item-once':
      return drawEveryItem(items);
    case 'class-first': {
      const fixed = traits.probabilities(counts);
      return drawClassFirst(
        source,
        items,
        (epoch, epochs) => draw.at?.(counts, epoch, epochs) ?? fixed,
      );
    }
    case 'class-cycle':
      return drawClassCycle(source, items, draw.perClass);
    case 'resample': {
      const sizes = draw.sizes(counts);
      return drawResampled(source, sum(sizes), sizes);
    }
    case 'repeat':
      return drawRepeated(itemRepeats(source, draw.repeats(counts, items)));
  }
};

/** When a stage's sampler is in force. */
export interface SamplerSchedule {
  readonly epochs: number;
  /** First epoch of it; every item comes once before. */
  readonly switchAt?: number | undefined;
}

/**
 * The sampler a stage asks for, as draws; its class probabilities stand in `config/samplers`. Before
 * `switchAt` the stage draws as plain training does (deferred re-sampling: Cao et al., NeurIPS 2019);
 * a sampler that changes over the epochs runs over those that are left.
 */
export const createSampler = (
  config: SamplerConfig,
  source: SamplerSource,
  { epochs, switchAt = 0 }: SamplerSchedule,
): Sampler => {
  const own = drawingOf(samplerTraits(config), source);
  const plain = drawEveryItem(source.labelLists?.length ?? source.labels.length);
  const at = (epoch: number): Drawing => (epoch < switchAt ? plain : own);
  return {
    draws: (epoch) => at(epoch).draws,
    epoch: (epoch) =>
      at(epoch).order(
        createRandom(source.seed, 'sampler', epoch),
        epoch - switchAt,
        epochs - switchAt,
      ),
  };
};
