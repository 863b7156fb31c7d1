import * as z from 'zod/mini';
import { readMethod, schemasOf } from '../method';
import { balancedSoftmax } from './balancedSoftmax';
import { crossEntropy } from './crossEntropy';
import { logitAdjusted } from './logitAdjusted';
import type { LossTraits } from './types';

export type { LossTraits } from './types';

/** Every loss a stage can name; one file and one row a loss. */
export const lossMethods = [crossEntropy, logitAdjusted, balancedSoftmax] as const;

export const lossSchema = z.discriminatedUnion('kind', schemasOf(lossMethods));

/** What the loss of a stage computes. */
export const lossTraits = (config: z.infer<typeof lossSchema>): LossTraits =>
  readMethod<LossTraits>(lossMethods, config);
