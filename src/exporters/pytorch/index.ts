import { stagedAbilities } from '../abilities';
import { countsAndOrder, origin, pythonText } from '../pythonModule';
import { isStaged } from '../leftOut';
import type { Exporter } from '../types';
import { lossCode } from './loss';
import { aroundCode } from './posthoc';
import { samplerCode } from './sampler';
import { stagesScript } from './stages';

const imports = `
import math
import warnings

import torch
`;

/** A module for PyTorch 1.13 and later: sampler and loss of every stage, and a script of the stages. */
export const pytorch: Exporter = {
  id: 'pytorch',
  tasks: ['single-label'],
  can: stagedAbilities,
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
          aroundCode(job),
        ]),
      ],
    },
    ...(isStaged(job) ? [{ path: 'train_stages.py', parts: [stagesScript(job, leftOut)] }] : []),
  ],
};
