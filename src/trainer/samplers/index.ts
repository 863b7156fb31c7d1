import type { SamplerConfig } from '../../config/schema';
import { samplingRules } from '../../methods/sampling';
import { createClassSampler, createPermutationSampler } from './byClass';
import type { Sampler, SamplerSource } from './types';

/** Makes a sampler of its kind; class probabilities come from `methods`. */
type MakeSampler<K extends SamplerConfig['kind']> = (
  config: Extract<SamplerConfig, { kind: K }>,
  source: SamplerSource,
) => Sampler;

/** One row a sampler. */
export const samplers: { readonly [K in SamplerConfig['kind']]: MakeSampler<K> } = {
  instance: (_, source) => createPermutationSampler(source),
  'square-root': (_, source) =>
    createClassSampler(source, samplingRules['square-root'](source.counts)),
  'class-balanced': (_, source) =>
    createClassSampler(source, samplingRules['class-balanced'](source.counts)),
  power: ({ q }, source) => createClassSampler(source, samplingRules.power(source.counts, { q })),
};

/** The sampler a stage asks for. */
export const createSampler = <K extends SamplerConfig['kind']>(
  config: { readonly kind: K } & Extract<SamplerConfig, { kind: K }>,
  source: SamplerSource,
): Sampler => samplers[config.kind](config, source);
