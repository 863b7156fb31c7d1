import { samplerTraits } from '../../config/samplers';
import type { SamplerConfig } from '../../config/schema';
import { createClassSampler, createPermutationSampler } from './byClass';
import type { Sampler, SamplerSource } from './types';

/** The sampler a stage asks for, as draws; its class probabilities stand in `config/samplers`. */
export const createSampler = (config: SamplerConfig, source: SamplerSource): Sampler => {
  const traits = samplerTraits(config);
  return traits.draw.kind === 'every-item-once'
    ? createPermutationSampler(source)
    : createClassSampler(source, traits.probabilities(source.counts));
};
