import { countsAndOrder, origin, pythonText } from '../pythonModule';
import type { Exporter } from '../types';
import { lossCode } from './loss';
import { samplerCode } from './sampler';

const imports = `
import math
import warnings

import torch
`;

/** A module for PyTorch 1.13 and later: sampler and loss of every stage. */
export const pytorch: Exporter = {
  id: 'pytorch',
  tasks: ['single-label'],
  can: {
    samplers: 'all',
    losses: [
      'cross-entropy',
      'logit-adjusted',
      'balanced-softmax',
      'vector-scaling',
      'class-temperature',
      'ldam',
      'focal',
      'label-smoothing',
      'label-aware-smoothing',
    ],
    weights: true,
    deferred: true,
    stages: true,
    posthoc: [],
    mixing: [],
    cosineClassifier: true,
  },
  files: (job, leftOut) => [
    {
      path: 'class_balance.py',
      parts: [
        pythonText([
          origin(job, leftOut),
          imports,
          countsAndOrder(job),
          samplerCode(job),
          lossCode(job),
        ]),
      ],
    },
  ],
};
