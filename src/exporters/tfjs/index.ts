import { softmaxAbilities } from '../abilities';
import { origin, pythonText } from '../pythonModule';
import type { Exporter } from '../types';
import { lossCode } from './loss';
import { basics } from './parts';
import { samplerCode } from './sampler';

/**
 * A JavaScript module for TensorFlow.js: its own batches and a loss on logits, because `classWeight`
 * there fails for a class that is missing, and weighs several labels by one of them.
 */
export const tfjs: Exporter = {
  id: 'tfjs',
  tasks: ['single-label'],
  can: { ...softmaxAbilities, posthoc: ['logit-adjustment'] },
  files: (job, leftOut) => [
    {
      path: 'classBalance.js',
      parts: [
        pythonText([
          origin(job, leftOut, '//'),
          "\nimport * as tf from '@tensorflow/tfjs';\n",
          basics(job),
          samplerCode(job),
          lossCode(job),
        ]),
      ],
    },
  ],
};
