import * as z from 'zod/mini';
import { readMethod, schemasOf } from '../method';
import { classBalanced } from './classBalanced';
import { instance } from './instance';
import { power } from './power';
import { squareRoot } from './squareRoot';
import type { SamplerTraits } from './types';

export type { SamplerTraits } from './types';

/** Every sampler a stage can name; one file and one row a sampler. */
export const samplerMethods = [instance, squareRoot, classBalanced, power] as const;

export const samplerSchema = z.discriminatedUnion('kind', schemasOf(samplerMethods));

/** How the sampler of a stage shares its draws. */
export const samplerTraits = (config: z.infer<typeof samplerSchema>): SamplerTraits =>
  readMethod<SamplerTraits>(samplerMethods, config);
