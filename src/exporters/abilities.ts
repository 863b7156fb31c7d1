import type { LossConfig } from '../config/schema';
import type { ExporterAbilities } from './types';

/** What no exporter can say unless it says so: a new one names what it adds. */
const nothing = {
  samplers: [],
  losses: [],
  weights: false,
  deferred: false,
  stages: false,
  posthoc: [],
  mixing: [],
  cosineClassifier: false,
  biasInit: false,
} as const satisfies ExporterAbilities;

/** Losses of one label an item, on logits that go through a softmax. */
export const softmaxLosses: readonly LossConfig['kind'][] = [
  'cross-entropy',
  'logit-adjusted',
  'balanced-softmax',
  'vector-scaling',
  'class-temperature',
  'ldam',
  'focal',
  'label-smoothing',
  'label-aware-smoothing',
];

/** One label an item, trained by gradients: every sampler and every softmax loss a config can name. */
export const softmaxAbilities: ExporterAbilities = {
  ...nothing,
  samplers: 'all',
  losses: softmaxLosses,
  weights: true,
  deferred: true,
};

/** The same with the stages of a config, its classifier and its start. */
export const stagedAbilities: ExporterAbilities = {
  ...softmaxAbilities,
  stages: true,
  posthoc: ['logit-adjustment', 'tau-norm'],
  cosineClassifier: true,
  biasInit: true,
};

/** Any number of labels an item: a sigmoid for each, samplers that repeat items or draw a label first. */
export const labelAbilities: ExporterAbilities = {
  ...nothing,
  samplers: [
    'instance',
    'class-balanced',
    'square-root',
    'power',
    'reversed',
    'effective-number',
    'progressive',
    'class-aware',
    'repeat-factor',
  ],
  losses: ['sigmoid', 'sigmoid-focal', 'asymmetric', 'distribution-balanced', 'adjusted-sigmoid'],
  deferred: true,
  biasInit: true,
};

/** Estimators that fit a table at once: weights, rows and probabilities, no loss of ours. */
export const estimatorAbilities: ExporterAbilities = {
  ...nothing,
  samplers: 'all',
  losses: ['cross-entropy'],
  weights: true,
  posthoc: ['logit-adjustment'],
};

/** Detectors: images repeated by their rarest class. */
export const detectorAbilities: ExporterAbilities = {
  ...nothing,
  samplers: ['instance', 'repeat-factor'],
  losses: ['cross-entropy', 'sigmoid'],
};
