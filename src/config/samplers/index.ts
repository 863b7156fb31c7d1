import * as z from 'zod/mini';
import { readMethod, schemasOf } from '../method';
import { classAware } from './classAware';
import { classBalanced } from './classBalanced';
import { effectiveNumber } from './effectiveNumber';
import { instance } from './instance';
import { over } from './over';
import { power } from './power';
import { progressive } from './progressive';
import { repeatFactor } from './repeatFactor';
import { reversed } from './reversed';
import { squareRoot } from './squareRoot';
import { under } from './under';
import type { SamplerTraits } from './types';

export type { SamplerTraits } from './types';

/** Every sampler a stage can name; one file and one row a sampler. */
export const samplerMethods = [
  instance,
  squareRoot,
  classBalanced,
  power,
  progressive,
  reversed,
  effectiveNumber,
  classAware,
  repeatFactor,
  over,
  under,
] as const;

export const samplerSchema = z.discriminatedUnion('kind', schemasOf(samplerMethods));

/** How the sampler of a stage shares its draws. */
export const samplerTraits = (config: z.infer<typeof samplerSchema>): SamplerTraits =>
  readMethod<SamplerTraits>(samplerMethods, config);
