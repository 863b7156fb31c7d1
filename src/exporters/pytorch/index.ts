import { labelAbilities, stagedAbilities } from '../abilities';
import { hasLabelSets, labelStage } from '../labelTerms';
import { isStaged } from '../leftOut';
import { countsAndOrder, origin, pythonText } from '../pythonModule';
import { sampleCount } from '../pythonLabels';
import type { Exporter, ExportJob } from '../types';
import { labelLossCode, labelStartCode } from './labelLoss';
import { labelSamplerCode } from './labelSampler';
import { lossCode } from './loss';
import { aroundCode } from './posthoc';
import { samplerCode } from './sampler';
import { stagesScript } from './stages';

const imports = `
import math
import warnings

import torch
`;

/** Counts, sampler, loss, start and correction: what PyTorch and what is built on it share. */
export const torchParts = (job: ExportJob, between: readonly string[] = []): readonly string[] =>
  hasLabelSets(job)
    ? [
        countsAndOrder(job),
        sampleCount(job),
        labelSamplerCode(job),
        labelLossCode(job),
        ...between,
        labelStartCode(job),
      ]
    : [countsAndOrder(job), samplerCode(job), lossCode(job), ...between, aroundCode(job)];

/** A module for PyTorch 1.13 and later: sampler and loss of every stage, and a script of the stages. */
export const pytorch: Exporter = {
  id: 'pytorch',
  tasks: ['single-label', 'multi-label'],
  can: stagedAbilities,
  canLabels: labelAbilities,
  files: (whole, leftOut) => {
    const job = labelStage(whole);
    return [
      {
        path: 'class_balance.py',
        parts: [pythonText([origin(job, leftOut), imports, ...torchParts(job)])],
      },
      ...(isStaged(job) && !hasLabelSets(job)
        ? [{ path: 'train_stages.py', parts: [stagesScript(job, leftOut)] }]
        : []),
    ];
  },
};
