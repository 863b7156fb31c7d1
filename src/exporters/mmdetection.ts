import { detectorAbilities } from './abilities';
import { defectNotes } from './defectNotes';
import { epochSampler } from './epochSampler';
import { balancedDatasetConfig, configHead } from './mmengine';
import { countsAndOrder, origin, pythonText } from './pythonModule';
import { imageFactors, repeatEpoch } from './pythonRepeat';
import { repeatList } from './repeatList';
import type { Exporter, ExportJob } from './types';

const imports = `
import warnings

import numpy as np
import torch
from mmengine.dist import get_dist_info
from mmengine.registry import DATA_SAMPLERS
`;

const sampler = ({ config }: ExportJob): string => `

@DATA_SAMPLERS.register_module()
class RepeatFactorSampler(EpochSampler):
    # Fractions of a factor come by chance, anew in every epoch; ClassBalancedDataset rounds them up.
    # Classes are numbered as the dataset's metainfo has them; other names than ours stop it.

    def __init__(self, dataset, seed=None, round_up=True):
        # A runner says its own seed.
        seed = ${config.seed} if seed is None else seed
        rank, world_size = get_dist_info()
        images = (dataset.get_cat_ids(index) for index in range(len(dataset)))
        factors = image_factors(images, list(dataset.metainfo["classes"]))
        super().__init__(lambda epoch: epoch_indices(factors, epoch, seed), world_size, rank)
`;

const configFile = (): string => `
# Your own config, with the dataset in train_dataloader.
${configHead('mmdet')}
# Repeat factors by our numbers. No ClassBalancedDataset around the dataset as well.
train_dataloader = dict(sampler=dict(_delete_=True, type="RepeatFactorSampler"))
`;

/** A sampler and configs for MMDetection 3 that repeat images by their rarest class. */
export const mmdetection: Exporter = {
  id: 'mmdetection',
  tasks: ['detection', 'segmentation'],
  can: detectorAbilities,
  files: (job, leftOut) => [
    {
      path: 'class_balance.py',
      parts: [
        pythonText([
          origin(job, leftOut),
          defectNotes('mmdetection'),
          imports,
          countsAndOrder(job),
          imageFactors(job),
          repeatEpoch(job),
          epochSampler,
          sampler(job),
        ]),
      ],
    },
    {
      path: 'class_balance_config.py',
      parts: [pythonText([origin(job, leftOut), configFile()])],
    },
    ...balancedDatasetConfig(job, leftOut, 'mmdetection'),
    ...repeatList(job),
  ],
};
