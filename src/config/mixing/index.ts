import * as z from 'zod/mini';
import { readMethod, schemasOf } from '../method';
import { manifoldMixup } from './manifoldMixup';
import { mixup } from './mixup';
import { none } from './none';
import { remix } from './remix';
import type { MixingTraits } from './types';

export type { MixingTraits } from './types';

/** Every way of mixing a stage can name; one file and one row a way. */
export const mixingMethods = [none, mixup, manifoldMixup, remix] as const;

export const mixingSchema = z.discriminatedUnion('kind', schemasOf(mixingMethods));

/** How a stage mixes its batches; not at all where it names nothing. */
export const mixingTraits = (config: z.infer<typeof mixingSchema> | undefined): MixingTraits =>
  readMethod<MixingTraits>(mixingMethods, config ?? { kind: 'none' });
