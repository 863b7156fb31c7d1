import { balancedSoftmax, classTemperature, logitAdjusted, vectorScaling } from './adjusted';
import { asymmetric } from './asymmetric';
import { crossEntropy, softCrossEntropy } from './crossEntropy';
import { distributionBalanced } from './distributionBalanced';
import { focal } from './focal';
import { ldam, scaledLdam } from './ldam';
import { adjustedSigmoid, binaryCrossEntropy, multiLabelFocal } from './sigmoid';
import { sigmoid, sigmoidFocal } from './sigmoid';
import { labelAwareSmoothing, labelSmoothing } from './smoothing';
import type { Loss, MultiLabelLoss } from './types';

/** Every loss of one label an item, by the name a config gives; one row per loss. */
export const losses = {
  'cross-entropy': crossEntropy,
  focal,
  sigmoid,
  'sigmoid-focal': sigmoidFocal,
  ldam,
  'scaled-ldam': scaledLdam,
  'balanced-softmax': balancedSoftmax,
  'logit-adjusted': logitAdjusted,
  'label-smoothing': labelSmoothing,
  'label-aware-smoothing': labelAwareSmoothing,
  'vector-scaling': vectorScaling,
  'class-temperature': classTemperature,
  'soft-cross-entropy': softCrossEntropy,
} as const satisfies Record<string, Loss>;

export type LossKind = keyof typeof losses;

/** Every loss of several labels an item; one row per loss. */
export const multiLabelLosses = {
  sigmoid: binaryCrossEntropy,
  'sigmoid-focal': multiLabelFocal,
  asymmetric,
  'distribution-balanced': distributionBalanced,
  'adjusted-sigmoid': adjustedSigmoid,
} as const satisfies Record<string, MultiLabelLoss>;

export type MultiLabelLossKind = keyof typeof multiLabelLosses;

export * from './hardest';
export * from './mixed';
export * from './offsets';
export * from './reduce';
export * from './smoothing';
export * from './softmax';
export type * from './types';
