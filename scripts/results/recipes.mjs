// Every recipe of docs/results.md as a change of the plain config. `heads` and `scores` start from
// what plain training leaves; the others train the whole network.
import { bagOfTricks, deferred, head, items, posthoc, resized, train } from './patches.mjs';
import { headStage } from './settings.mjs';

/** As the class-balanced loss's code has it: weights average 1 over classes, plain mean of a batch. */
const effective = { kind: 'effective-number', beta: 0.9999, normalisation: 'class-mean' };
/** As LDAM-DRW's code has it: the mean of a batch is divided by its weights. */
const deferredWeights = { ...effective, reduction: 'weighted-mean' };
/** The loss is of normalised features and weights; the baseline keeps its linear classifier. */
const ldam = { classifier: { kind: 'cosine' }, loss: { kind: 'ldam' } };
const tailAugment = { strength: 0.5, most: 10 };

/**
 * id, title, what it changes of the plain config of a setting; `main` ones run over every seed.
 * Family `alone`: trained without a baseline of its own, which would have other epochs than the
 * plain run it stands beside. `published`: [from, to, run], accuracy in percent on CIFAR-10-LT with
 * factor 100, plain training and the recipe in one run.
 */
export const recipes = [
  { id: 'plain', title: 'cross-entropy', main: true, family: 'plain', patch: () => ({}) },

  ...[0.5, 1, 1.5].map((tau) => ({
    id: `posthoc-${tau}`,
    title: `post-hoc logit adjustment, τ ${tau}`,
    ...{ main: true, family: 'scores' },
    patch: posthoc({ kind: 'logit-adjustment', tau }),
    ...(tau === 1
      ? {
          published: [
            [72.84, 77.4, 'Menon et al. 2021'],
            [71.36, 77.32, 'its repository'],
            [77.54, 80.67, 'mmpretrain ResNet-34'],
          ],
        }
      : {}),
  })),
  ...[0.5, 0.7, 1, 1.5, 2].map((tau) => ({
    id: `tau-norm-${tau}`,
    title: `τ-norm, τ ${tau}`,
    ...{ main: true, family: 'scores' },
    patch: posthoc({ kind: 'tau-norm', tau }),
    ...(tau === 1
      ? {
          published: [
            [72.84, 75.98, 'Menon et al. 2021'],
            [71.95, 72.7, 'Bag of Tricks'],
          ],
        }
      : {}),
  })),
  {
    id: 'nearest-mean',
    title: 'nearest class mean, cosine',
    ...{ main: true, family: 'scores' },
    patch: posthoc({ kind: 'nearest-mean' }),
  },
  {
    id: 'crt',
    title: 'cRT',
    ...{ main: true, family: 'heads' },
    patch: head(),
    published: [
      [71.95, 74.99, 'Bag of Tricks'],
      [77.4, 82, 'Ren et al. 2020'],
    ],
  },
  {
    id: 'lws',
    title: 'LWS',
    ...{ main: true, family: 'heads' },
    patch: head({ trainable: 'scale', init: 'keep' }),
    published: [
      [71.95, 72.63, 'Bag of Tricks'],
      [77.4, 83.7, 'Ren et al. 2020'],
    ],
  },
  {
    id: 'crt-cosine',
    title: 'cRT, cosine classifier',
    ...{ main: false, family: 'heads' },
    patch: head({ classifier: { kind: 'cosine' } }),
  },
  {
    id: 'crt-mlp',
    title: 'cRT, one hidden layer',
    ...{ main: false, family: 'heads' },
    patch: head({ classifier: { kind: 'mlp', hidden: [64] } }),
  },
  {
    id: 'crt-logit-adjusted',
    title: 'head with the logit-adjusted loss, natural draws',
    ...{ main: true, family: 'heads' },
    patch: head({ sampler: { kind: 'instance' }, loss: { kind: 'logit-adjusted', tau: 1 } }),
  },
  {
    id: 'mislas-stage-2',
    title: 'label-aware smoothing, classifier and scale (MiSLAS stage 2 alone)',
    ...{ main: false, family: 'heads' },
    patch: head({
      ...{ trainable: 'classifier-and-scale', init: 'keep' },
      loss: { kind: 'label-aware-smoothing' },
    }),
  },

  {
    id: 'logit-adjusted',
    title: 'logit-adjusted loss, τ 1 (the same as balanced softmax)',
    ...{ main: true, family: 'losses' },
    patch: train({ loss: { kind: 'logit-adjusted', tau: 1 } }),
    published: [
      [72.84, 77.67, 'Menon et al. 2021'],
      [71.36, 77.89, 'its repository'],
      [71.95, 77.54, 'balanced softmax, Bag of Tricks'],
      [77.54, 80.26, 'mmpretrain ResNet-34'],
    ],
  },
  {
    id: 'vs',
    title: 'VS loss',
    ...{ main: false, family: 'losses' },
    patch: train({ loss: { kind: 'vector-scaling' } }),
    published: [[71.94, 80.82, 'Kini et al. 2021, tuned']],
  },
  {
    id: 'cdt',
    title: 'CDT',
    ...{ main: false, family: 'losses' },
    patch: train({ loss: { kind: 'class-temperature' } }),
    published: [[71.95, 77.1, 'Bag of Tricks']],
  },
  {
    id: 'ldam',
    title: 'LDAM, nothing deferred',
    ...{ main: false, family: 'losses' },
    patch: train(ldam),
    published: [
      [70.36, 73.35, 'Cao et al. 2019'],
      [71.95, 73.66, 'Bag of Tricks'],
    ],
  },
  {
    id: 'focal',
    title: 'focal loss, γ 2',
    ...{ main: false, family: 'losses' },
    patch: train({ loss: { kind: 'focal' } }),
    published: [
      [70.36, 70.38, 'Zhou et al. 2020'],
      [71.95, 71.56, 'Bag of Tricks'],
    ],
  },
  {
    id: 'cb-focal',
    title: 'class-balanced focal loss',
    ...{ main: false, family: 'losses' },
    patch: train({ loss: { kind: 'focal' }, weights: effective }),
    published: [
      [70.36, 74.57, 'Cui et al. 2019'],
      [71.95, 75.2, 'Bag of Tricks'],
    ],
  },
  {
    id: 'label-smoothing',
    title: 'label smoothing',
    ...{ main: false, family: 'losses' },
    patch: train({ loss: { kind: 'label-smoothing' } }),
    published: [[71.95, 72.81, 'Bag of Tricks']],
  },
  {
    id: 'label-aware-smoothing',
    title: 'label-aware smoothing',
    ...{ main: false, family: 'losses' },
    patch: train({ loss: { kind: 'label-aware-smoothing' } }),
    published: [[71.95, 72.51, 'Bag of Tricks']],
  },
  {
    id: 'hard-examples',
    title: 'hard examples: the 70 % of a batch with the largest losses (OHEM)',
    ...{ main: false, family: 'losses' },
    patch: train({ hardExamples: { share: 0.7 } }),
  },
  {
    id: 'prior-bias',
    title: 'bias started at the log prior',
    ...{ main: false, family: 'losses' },
    patch: (plain) => ({ model: { ...plain.model, biasInit: 'prior' } }),
  },

  {
    id: 'balanced-weights',
    title: 'inverse-frequency weights from the start',
    ...{ main: false, family: 'weights' },
    patch: train({ weights: { kind: 'balanced' } }),
    published: [[71.95, 68.3, 'Bag of Tricks, largest weight 1']],
  },
  {
    id: 'cb-cross-entropy',
    title: 'effective-number weights from the start',
    ...{ main: false, family: 'weights' },
    patch: train({ weights: effective }),
    published: [[71.95, 70.48, 'Bag of Tricks']],
  },
  {
    id: 'drw',
    title: 'cross-entropy, deferred effective-number weights (DRW)',
    ...{ main: false, family: 'weights' },
    patch: deferred({ weights: deferredWeights }),
    published: [
      [70.36, 76.34, 'Zhou et al. 2020'],
      [71.95, 74.82, 'Bag of Tricks'],
    ],
  },
  {
    id: 'ldam-drw',
    title: 'LDAM-DRW',
    ...{ main: false, family: 'losses' },
    patch: deferred({ ...ldam, weights: deferredWeights }),
    published: [
      [70.36, 77.03, 'Cao et al. 2019'],
      [71.95, 77.73, 'Bag of Tricks'],
    ],
  },
  {
    id: 'ldam-drw-slow',
    title: 'LDAM-DRW, learning rate 0.03 after a warm-up of half an epoch',
    ...{ main: false, family: 'alone' },
    // Through scaled cosines gradients are several times those through a linear classifier.
    patch: (plain, setting) => {
      const { stages } = deferred({ ...ldam, weights: deferredWeights })(plain, setting);
      const slow = { learningRate: 0.03, warmupEpochs: 0.5 };
      return {
        stages: stages.map((stage) => ({ ...stage, optimizer: { ...stage.optimizer, ...slow } })),
      };
    },
  },
  {
    id: 'drs',
    title: 'cross-entropy, deferred class-balanced sampling (DRS)',
    ...{ main: false, family: 'samplers' },
    patch: deferred({ sampler: { kind: 'class-balanced' } }),
    published: [
      [70.36, 75.61, 'Zhou et al. 2020'],
      [71.95, 75.07, 'Bag of Tricks'],
    ],
  },

  {
    id: 'class-balanced',
    title: 'class-balanced sampling from the start',
    ...{ main: false, family: 'samplers' },
    patch: train({ sampler: { kind: 'class-balanced' } }),
    published: [
      [70.36, 70.55, 'Cao et al. 2019'],
      [71.95, 72.45, 'Bag of Tricks'],
    ],
  },
  {
    id: 'class-aware',
    title: 'class-balanced in rounds, four of a class (class-aware)',
    ...{ main: false, family: 'samplers' },
    patch: train({ sampler: { kind: 'class-aware', perClass: 4 } }),
  },
  {
    id: 'effective-number',
    title: 'effective-number sampling',
    ...{ main: false, family: 'samplers' },
    patch: train({ sampler: { kind: 'effective-number' } }),
  },
  {
    id: 'square-root',
    title: 'square-root sampling',
    ...{ main: false, family: 'samplers' },
    patch: train({ sampler: { kind: 'square-root' } }),
    published: [[71.95, 71.42, 'Bag of Tricks']],
  },
  {
    id: 'progressive',
    title: 'progressively balanced sampling',
    ...{ main: false, family: 'samplers' },
    patch: train({ sampler: { kind: 'progressive' } }),
    published: [[71.95, 71.98, 'Bag of Tricks']],
  },
  {
    id: 'repeat-factor',
    title: 'repeat-factor sampling',
    ...{ main: false, family: 'samplers' },
    patch: train({ sampler: { kind: 'repeat-factor' } }),
  },
  {
    id: 'over',
    title: 'random over-sampling to the largest class, as many steps',
    ...{ main: false, family: 'alone' },
    patch: resized(items.over, { sampler: { kind: 'over' } }),
  },
  {
    id: 'under',
    title: 'random under-sampling to the smallest class, another subset each epoch, as many steps',
    ...{ main: false, family: 'alone' },
    patch: resized(items.under, { sampler: { kind: 'under' } }),
  },

  {
    id: 'mixup',
    title: 'mixup',
    ...{ main: false, family: 'mixing' },
    patch: train({ mixing: { kind: 'mixup' } }),
    published: [
      [70.36, 73.06, 'Zhou et al. 2020'],
      [71.95, 74.06, 'Bag of Tricks, twice the epochs'],
    ],
  },
  {
    id: 'manifold-mixup',
    title: 'manifold mixup (pooled features)',
    ...{ main: false, family: 'mixing' },
    patch: train({ mixing: { kind: 'manifold-mixup' } }),
    published: [[71.95, 75.19, 'Bag of Tricks, twice the epochs']],
  },
  {
    id: 'remix',
    title: 'Remix',
    ...{ main: false, family: 'mixing' },
    patch: train({ mixing: { kind: 'remix' } }),
    published: [
      [71.86, 75.36, 'Chou et al. 2020'],
      [71.95, 73.43, 'Bag of Tricks, twice the epochs'],
    ],
  },
  {
    id: 'mixup-drw',
    title: 'mixup, deferred weights',
    ...{ main: false, family: 'mixing' },
    patch: deferred({ mixing: { kind: 'mixup' }, weights: deferredWeights }),
    published: [[71.23, 82.11, 'imbalanced-DL']],
  },
  {
    id: 'remix-drw',
    title: 'Remix, deferred weights',
    ...{ main: false, family: 'mixing' },
    patch: deferred({ mixing: { kind: 'remix' }, weights: deferredWeights }),
    published: [[71.86, 79.76, 'Chou et al. 2020']],
  },
  {
    id: 'tail-augmentation',
    title: 'tail augmentation, up to ten variants, as many steps',
    ...{ main: false, family: 'alone' },
    patch: (plain, setting) => ({
      input: { ...plain.input, tailAugment },
      ...resized(items.copied(tailAugment), {})(plain, setting),
    }),
  },

  {
    id: 'mislas',
    title: 'MiSLAS: mixup, then label-aware smoothing on classifier and scale',
    ...{ main: false, family: 'stages' },
    patch: (plain) => ({
      stages: [
        ...plain.stages.map((stage) => ({ ...stage, mixing: { kind: 'mixup' } })),
        headStage({
          ...{ trainable: 'classifier-and-scale', init: 'keep' },
          loss: { kind: 'label-aware-smoothing' },
        }),
      ],
    }),
    published: [[72.8, 82.5, 'Zhong et al. 2021, beside its mixup stage']],
  },
  {
    id: 'bag-of-tricks',
    title: 'Bag of Tricks: mixup, then class-balanced, then fine-tuned without mixup',
    ...{ main: false, family: 'alone' },
    patch: bagOfTricks,
    published: [[71.95, 80.03, 'Zhang et al. 2021, with activation maps']],
  },
  {
    id: 'bbn',
    title: 'BBN',
    ...{ main: false, family: 'stages' },
    patch: () => ({ model: { kind: 'bbn' } }),
    published: [[70.36, 79.82, 'Zhou et al. 2020']],
  },
];
