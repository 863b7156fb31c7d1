import * as z from 'zod/mini';
import { readMethod, schemasOf } from '../method';
import { effectiveNumber } from './effectiveNumber';
import { inverse } from './inverse';
import { none } from './none';
import type { WeightTraits } from './types';

export type { WeightTraits } from './types';

/** Every rule for class weights a stage can name; one file and one row a rule. */
export const weightMethods = [none, inverse, effectiveNumber] as const;

export const weightSchema = z.discriminatedUnion('kind', schemasOf(weightMethods));

/** What the class weights of a stage come to; none where the stage names none. */
export const weightTraits = (config: z.infer<typeof weightSchema> | undefined): WeightTraits =>
  readMethod<WeightTraits>(weightMethods, config ?? { kind: 'none' });
