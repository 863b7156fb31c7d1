import { labelAbilities, softmaxAbilities } from '../abilities';
import { hasLabelSets, labelStage } from '../labelTerms';
import { origin, pythonText } from '../pythonModule';
import type { Exporter } from '../types';
import { labelLossCode } from './labelLoss';
import { lossCode } from './loss';
import { basics } from './parts';
import { samplerCode } from './sampler';

/**
 * A JavaScript module for TensorFlow.js: its own batches and a loss on logits, because `classWeight`
 * there fails for a class that is missing, and weighs several labels by one of them.
 */
export const tfjs: Exporter = {
  id: 'tfjs',
  tasks: ['single-label', 'multi-label'],
  can: { ...softmaxAbilities, posthoc: ['logit-adjustment'] },
  canLabels: labelAbilities,
  files: (whole, leftOut) => {
    const job = labelStage(whole);
    return [
      {
        path: 'classBalance.js',
        parts: [
          pythonText([
            origin(job, leftOut, '//'),
            "\nimport * as tf from '@tensorflow/tfjs';\n",
            basics(job),
            samplerCode(job),
            hasLabelSets(job) ? labelLossCode(job) : lossCode(job),
          ]),
        ],
      },
    ];
  },
};
