import * as z from 'zod/mini';
import { readMethod, schemasOf } from '../method';
import { adjustedSigmoid } from './adjustedSigmoid';
import { asymmetric } from './asymmetric';
import { balancedSoftmax } from './balancedSoftmax';
import { classTemperature } from './classTemperature';
import { crossEntropy } from './crossEntropy';
import { distributionBalanced } from './distributionBalanced';
import { focal } from './focal';
import { labelAwareSmoothing } from './labelAwareSmoothing';
import { labelSmoothing } from './labelSmoothing';
import { ldam } from './ldam';
import { logitAdjusted } from './logitAdjusted';
import { sigmoid } from './sigmoid';
import { sigmoidFocal } from './sigmoidFocal';
import type { LossTraits } from './types';
import { vectorScaling } from './vectorScaling';

export type { LossTraits } from './types';

/** Every loss a stage can name; one file and one row a loss. */
export const lossMethods = [
  crossEntropy,
  logitAdjusted,
  balancedSoftmax,
  vectorScaling,
  classTemperature,
  ldam,
  focal,
  labelSmoothing,
  labelAwareSmoothing,
  sigmoid,
  sigmoidFocal,
  asymmetric,
  distributionBalanced,
  adjustedSigmoid,
] as const;

export const lossSchema = z.discriminatedUnion('kind', schemasOf(lossMethods));

/** What the loss of a stage computes. */
export const lossTraits = (config: z.infer<typeof lossSchema>): LossTraits =>
  readMethod<LossTraits>(lossMethods, config);

/** Every loss with the settings it has where none are given. */
export const lossKinds = (): readonly z.infer<typeof lossSchema>[] =>
  lossMethods.map(({ schema }) =>
    z.parse(lossSchema, { kind: schema.shape.kind._zod.def.values[0] }),
  );
