import { softmaxAbilities } from './abilities';
import { epochSampler } from './epochSampler';
import { defectNotes } from './defectNotes';
import { balancedDatasetConfig, configHead } from './mmengine';
import { numpySampler } from './numpySampler';
import { countsAndOrder, origin, pythonText } from './pythonModule';
import { lossCode } from './pytorch/loss';
import type { Exporter, ExportJob } from './types';

const imports = `
import math
import warnings

import numpy as np
import torch
from mmengine.dist import get_dist_info
from mmengine.hooks import Hook
from mmengine.registry import DATA_SAMPLERS, HOOKS, MODELS
`;

const modules = ({ config }: ExportJob): string => `

def names_of(dataset):
    return list(dataset.metainfo["classes"])


@DATA_SAMPLERS.register_module()
class BalancedSampler(EpochSampler):
    # Classes are numbered as the dataset's metainfo has them; other names than ours stop it.

    def __init__(self, dataset, seed=None, round_up=True):
        # A runner says its own seed.
        seed = ${config.seed} if seed is None else seed
        rank, world_size = get_dist_info()
        names = names_of(dataset)
        labels = np.array([dataset.get_cat_ids(index)[0] for index in range(len(dataset))])
        super().__init__(
            lambda epoch: epoch_indices(labels, names, epoch, seed), world_size, rank
        )


@MODELS.register_module()
class BalancedLoss(torch.nn.Module):
    # For the loss of a head with one label an image. ClassBalanceHook gives it the order of the
    # classes. It is averaged as the config says, so avg_factor (the batch size) is left aside.

    def __init__(self, loss_weight=1.0):
        super().__init__()
        self.loss_weight = loss_weight
        # In lists, so that checkpoints hold nothing of it.
        self.made = []

    def set_classes(self, names):
        self.made = [make_loss(names), make_loss(names, reduction="none")]

    def set_epoch(self, epoch):
        for loss in self.made:
            if hasattr(loss, "set_epoch"):
                loss.set_epoch(epoch)

    def forward(
        self, cls_score, target, weight=None, avg_factor=None, reduction_override=None, **_
    ):
        if not self.made:
            raise ValueError("The order of the classes is not known: add ClassBalanceHook.")
        mean, each = (loss.to(cls_score.device) for loss in self.made)
        if weight is None and reduction_override in (None, "mean"):
            return self.loss_weight * mean(cls_score, target)
        losses = each(cls_score, target) * (1 if weight is None else weight)
        if reduction_override == "none":
            return self.loss_weight * losses
        total = losses.sum()
        return self.loss_weight * (total if reduction_override == "sum" else total / len(losses))


@HOOKS.register_module()
class ClassBalanceHook(Hook):
    # The dataset's own class names decide which number belongs to which output.

    def losses(self, runner):
        return [one for one in runner.model.modules() if isinstance(one, BalancedLoss)]

    def before_train(self, runner):
        for loss in self.losses(runner):
            loss.set_classes(names_of(runner.train_dataloader.dataset))

    def before_train_epoch(self, runner):
        for loss in self.losses(runner):
            loss.set_epoch(runner.epoch)
`;

const configFile = `
# Your own config, with the dataset in train_dataloader and the head of the model.
${configHead('mmpretrain')}
train_dataloader = dict(sampler=dict(_delete_=True, type="BalancedSampler"))
model = dict(head=dict(loss=dict(_delete_=True, type="BalancedLoss")))
# If your config has hooks of its own, write them here too.
custom_hooks = [dict(type="ClassBalanceHook")]
`;

/** A sampler, a loss and configs for MMPretrain 1: one label an image. */
export const mmpretrain: Exporter = {
  id: 'mmpretrain',
  tasks: ['single-label'],
  can: softmaxAbilities,
  files: (job, leftOut) => {
    const last = { ...job, stages: [job.stage] };
    return [
      {
        path: 'class_balance.py',
        parts: [
          pythonText([
            origin(job, leftOut),
            defectNotes('mmpretrain'),
            imports,
            countsAndOrder(job),
            numpySampler(last),
            epochSampler,
            lossCode(last, false),
            modules(job),
          ]),
        ],
      },
      {
        path: 'class_balance_config.py',
        parts: [pythonText([origin(job, leftOut), configFile])],
      },
      ...balancedDatasetConfig(job, leftOut, 'mmpretrain'),
    ];
  },
};
