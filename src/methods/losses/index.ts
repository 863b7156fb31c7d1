import { balancedSoftmax, classTemperature, logitAdjusted, vectorScaling } from './adjusted';
import {
  classBalanced,
  crossEntropy,
  softCrossEntropy,
  weightedCrossEntropy,
} from './crossEntropy';
import { focal } from './focal';
import { ldam } from './ldam';
import { classBalancedFocal, classBalancedSigmoid, focalSigmoid } from './sigmoid';
import { labelAwareSmoothing, labelSmoothing } from './smoothing';
import type { Loss } from './types';

/** Every loss by the name a config gives; one row per loss. */
export const losses = {
  'cross-entropy': crossEntropy,
  'weighted-cross-entropy': weightedCrossEntropy,
  'class-balanced': classBalanced,
  'class-balanced-sigmoid': classBalancedSigmoid,
  'class-balanced-focal': classBalancedFocal,
  focal,
  'focal-sigmoid': focalSigmoid,
  ldam,
  'balanced-softmax': balancedSoftmax,
  'logit-adjusted': logitAdjusted,
  'label-smoothing': labelSmoothing,
  'label-aware-smoothing': labelAwareSmoothing,
  'vector-scaling': vectorScaling,
  'class-temperature': classTemperature,
  'soft-cross-entropy': softCrossEntropy,
} as const satisfies Record<string, Loss>;

export type LossKind = keyof typeof losses;

export * from './hardest';
export * from './mixed';
export * from './offsets';
export * from './reduce';
export * from './smoothing';
export * from './softmax';
export type * from './types';
