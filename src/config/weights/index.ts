import * as z from 'zod/mini';
import { readMethod, schemasOf } from '../method';
import { balanced } from './balanced';
import { effectiveNumber } from './effectiveNumber';
import { general } from './general';
import { inverse } from './inverse';
import { inverseSquareRoot } from './inverseSquareRoot';
import { minOverPower } from './minOverPower';
import { none } from './none';
import type { WeightTraits } from './types';

export type { WeightTraits } from './types';

/** Every rule for class weights a stage can name; one file and one row a rule. */
export const weightMethods = [
  none,
  inverse,
  inverseSquareRoot,
  balanced,
  minOverPower,
  general,
  effectiveNumber,
] as const;

export const weightSchema = z.discriminatedUnion('kind', schemasOf(weightMethods));

/** What the class weights of a stage come to; none where the stage names none. */
export const weightTraits = (config: z.infer<typeof weightSchema> | undefined): WeightTraits =>
  readMethod<WeightTraits>(weightMethods, config ?? { kind: 'none' });
