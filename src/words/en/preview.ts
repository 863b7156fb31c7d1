import type { Template } from '../say';

/** What a config would do: the dry run's tables and sentences. */
export const preview: Readonly<Record<string, Template>> = {
  'preview/title': 'Preview of {file}',
  'preview/lead':
    'Nothing was trained. {train} samples are trained on, {validation} kept for validation, {test} for the test.',
  'preview/section/classes': 'Classes',
  'preview/section/stages': 'Stages',
  'preview/section/cost': 'Memory and time',
  'preview/section/notes': 'What these numbers leave out',
  'preview/column/class': 'class',
  'preview/column/band': 'band',
  'preview/column/before': 'in train',
  'preview/column/count': 'trained on',
  'preview/column/draws': 'draws an epoch',
  'preview/column/draws-of': '{stage}: draws an epoch',
  'preview/column/repeats': 'each comes',
  'preview/column/repeats-of': '{stage}: each comes',
  'preview/column/weight': 'weight',
  'preview/column/weight-of': '{stage}: weight',
  'preview/column/share': 'share',
  'preview/column/prior': 'model’s prior',
  'preview/column/target': 'goal',
  'preview/column/stage': 'stage',
  'preview/column/epochs': 'epochs',
  'preview/column/samples': 'samples an epoch',
  'preview/column/batch': 'batch',
  'preview/column/steps': 'steps',
  'preview/column/warmup': 'of them warm-up',
  'preview/left-out': {
    one: 'One class in between is left out here.',
    other: '{count} classes in between are left out here.',
  },
  'preview/share': '{share%}',
  'preview/times': '{times} ×',
  'preview/range': '{first} → {last}',
  'preview/prior':
    'The model’s prior is what the trained scores carry by sampler, weights and loss: the share of each class, bent by them. Where it equals the goal, nothing is left to correct.',
  'preview/memory':
    'Memory: {pixels} MB of inputs (samples × height × width × channels, a byte each) + {activations} MB for a batch (layer outputs of one sample × batch × 2 × 4 bytes) + {parameters} MB of weights, gradients and momentum, besides the process itself.',
  'preview/time-runs': {
    one: 'Time: {time} on {backend}, by the seconds a step took in an earlier run of the same shape.',
    other:
      'Time: {time} on {backend}, by the seconds a step took in the newest of {count} earlier runs of the same shape.',
  },
  'preview/time-figure':
    'Time: about {time} on {backend}. No run of the same shape is stored, so this is a figure: 3 × batch × multiplications of the network, at the speed ResNet-8 has on two cores. Half or twice of it is to be expected.',
  'preview/time-baseline': 'The plain baseline beside it takes about {time} more, once.',
  'preview/note/labels':
    'Items may have several labels: draws are counted for the label they are made for, and labels that come along with it come more often. What is held out is near the share, not exactly it.',
  'preview/note/bbn':
    'Each step runs two batches, one of the sampler and one in reversed frequency: both are counted. What prior the mixed branches carry is not known; the one shown is of the first branch.',
  'preview/note/pretrained':
    'Features of the pictures are taken once before training (or read from the cache), which is in neither number.',
  'preview/note/posthoc':
    'The prior is that of the trained scores, before “posthoc” is applied to them.',
  'preview/note/width':
    'How many numbers a sample has is known once it is read: memory is left out, and the time is that of the smallest steps.',
  'preview/note/pixels':
    'The pictures take more than 3 GB of memory at this size: training refuses that. Set a smaller input.size.',
  'preview/chart':
    'Bars: training samples of each class. Dotted line: expected draws an epoch in stage “{stage}”.',
  'preview/chart/bar': '{name}: {count} samples',
  'preview/chart/bars': 'Ranks {from} to {to}: {count} samples at most',
};
