import type { Issue } from '../common/errors';
import { softmaxAbilities, softmaxLosses } from './abilities';
import { defectNotes } from './defectNotes';
import { exporterTitle } from './leftOut';
import { numpySampler } from './numpySampler';
import { countsAndOrder, float, origin, pythonText } from './pythonModule';
import { lossCode } from './pytorch/loss';
import { imageFactors, repeatEpoch } from './pythonRepeat';
import { repeatList } from './repeatList';
import type { Exporter, ExportJob } from './types';

const id = 'ultralytics';

const trainers = {
  'single-label': { name: 'ClassificationTrainer', from: 'classify' },
  detection: { name: 'DetectionTrainer', from: 'detect' },
  segmentation: { name: 'SegmentationTrainer', from: 'segment' },
};

const trainerOf = ({ origin: { task } }: ExportJob) =>
  task === 'detection' || task === 'segmentation' ? trainers[task] : trainers['single-label'];

const isObjects = ({ origin: { task } }: ExportJob): boolean => task !== 'single-label';

/** The power of the inverse count that Ultralytics weights objects by, where our weights are one. */
const classPower = (job: ExportJob): number | null => {
  const { values, kind } = job.stage.weights;
  if (values === null || !isObjects(job)) return null;
  if (kind === 'inverse' || kind === 'balanced') return 1;
  return kind === 'inverse-sqrt' ? 0.5 : null;
};

const issues = (job: ExportJob): readonly Issue[] => {
  const { name, weights, sampler, loss } = job.stage;
  const to = exporterTitle({ id });
  const params = { stage: name, to };
  const fitting = ['instance', 'repeat-factor'];
  const losses: readonly string[] = isObjects(job) ? ['cross-entropy', 'sigmoid'] : softmaxLosses;
  return [
    ...(isObjects(job) && weights.values !== null && classPower(job) === null
      ? [
          {
            severity: 'warning' as const,
            code: 'exporters/left-out-weights',
            params: { ...params, kind: weights.kind },
          },
        ]
      : []),
    ...(isObjects(job) && !fitting.includes(sampler.kind)
      ? [
          {
            severity: 'warning' as const,
            code: 'exporters/left-out-sampler',
            params: { ...params, kind: sampler.kind, known: fitting },
          },
        ]
      : []),
    ...(!losses.includes(loss.config.kind)
      ? [
          {
            severity: 'warning' as const,
            code: 'exporters/left-out-loss',
            params: { ...params, kind: loss.config.kind, known: losses },
          },
        ]
      : []),
  ];
};

const imports = (job: ExportJob): string => `
${isObjects(job) ? '' : 'import math\n'}import warnings

import numpy as np
import torch
from ultralytics.data.build import InfiniteDataLoader
from ultralytics.models.yolo.${trainerOf(job).from} import ${trainerOf(job).name}
${isObjects(job) ? '' : 'from ultralytics.utils.loss import v8ClassificationLoss\n'}${classPower(job) === null ? '' : 'from ultralytics.utils import DEFAULT_CFG_DICT\n'}`;

const drawing = (job: ExportJob): string =>
  isObjects(job)
    ? `

def draws_of(dataset, names):
    # The positions of the images that an epoch shows, as a function of the epoch.
    classes = (label["cls"].reshape(-1).astype(int).tolist() for label in dataset.labels)
    factors = image_factors(classes, names)
    return lambda epoch: epoch_indices(factors, epoch)
`
    : `

def draws_of(dataset, names):
    # The positions of the images that an epoch shows, as a function of the epoch.
    labels = [sample[1] for sample in dataset.samples]
    return lambda epoch: epoch_indices(labels, names, epoch)
`;

const criterion = `

class BalancedCriterion:
    # In place of v8ClassificationLoss: the loss of this file, in training and in validation. Ultralytics
    # leaves it out of the checkpoints, so they load without this file.

    def __init__(self, loss):
        self.loss = loss

    def __call__(self, preds, batch):
        logits = preds[1] if isinstance(preds, (list, tuple)) else preds
        loss = self.loss.to(logits.device)(logits, batch["cls"])
        _, parts = v8ClassificationLoss()(preds, batch)
        return loss, {"loss": loss.detach()} if isinstance(parts, dict) else loss.detach()
`;

/** Where a classifier gets its loss. */
const modelLines = `
    def get_model(self, *args, **options):
        model = super().get_model(*args, **options)
        model.criterion = BalancedCriterion(make_loss(names_of(self.data)))
        return model
`;

const trainer = (job: ExportJob): string => `

def names_of(data):
    # Class name to index as data.yaml, or the folders, number the classes.
    return {name: index for index, name in dict(data["names"]).items()}


class BalancedSampler(torch.utils.data.Sampler):
    # The draws follow from the epoch: in a distributed run every process makes the same ones and
    # takes its own part. Epochs are counted here, because Ultralytics fetches the next ones before
    # it says their number; they are all as long as the first.

    def __init__(self, draw, num_replicas=1, rank=0):
        self.draw, self.num_replicas, self.rank = draw, num_replicas, rank
        self.epoch, self.begun = 0, False
        self.size = -(-len(draw(0)) // num_replicas)

    def set_epoch(self, epoch):
        if not self.begun:
            self.epoch = epoch

    def __len__(self):
        return self.size

    def __iter__(self):
        drawn = np.resize(self.draw(self.epoch), self.size * self.num_replicas)
        self.epoch, self.begun = self.epoch + 1, True
        return iter(drawn[self.rank :: self.num_replicas].tolist())


class BalancedTrainer(${trainerOf(job).name}):
    # model.train(trainer=BalancedTrainer, data="data.yaml", ...). With several GPUs Ultralytics
    # starts processes that import it: keep this file in a folder on PYTHONPATH.
${classPower(job) === null ? '' : weightLines(job)}${isObjects(job) ? '' : modelLines}
    def get_dataloader(self, dataset_path, batch_size=16, rank=0, mode="train"):
        loader = super().get_dataloader(dataset_path, batch_size, rank, mode)
        if mode != "train":
            return loader
        if getattr(self.args, "rect", False):
            raise ValueError("rect=True needs images in the order of their shapes: leave it out.")
        distributed = rank != -1 and torch.distributed.is_initialized()
        sampler = BalancedSampler(
            draws_of(loader.dataset, names_of(self.data)),
            torch.distributed.get_world_size() if distributed else 1,
            torch.distributed.get_rank() if distributed else 0,
        )
        workers = loader.num_workers
        return InfiniteDataLoader(
            dataset=loader.dataset,
            batch_size=loader.batch_size,
            num_workers=workers,
            sampler=sampler,
            prefetch_factor=4 if workers > 0 else None,
            pin_memory=loader.pin_memory,
            collate_fn=loader.collate_fn,
            worker_init_fn=loader.worker_init_fn,
            generator=loader.generator,
            drop_last=loader.drop_last,
        )
`;

const weightLines = (job: ExportJob): string => `
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # Ultralytics weights the classes of objects by (1 / objects)^cls_pw, brought to the mean 1
        # over the classes; a class without objects gets the mean.
        if "cls_pw" not in DEFAULT_CFG_DICT:
            raise ValueError("This Ultralytics has no class weights (cls_pw): take a later one.")
        self.args.cls_pw = ${float(classPower(job) ?? 0)}
`;

const mosaic = `
# With mosaic the other three images of a picture are ones lately drawn, so they come as often as
# the sampler says; with cache="ram" they are any images, and factors count for a quarter.
`;

/** A trainer for Ultralytics YOLO that draws images as the config says. */
export const ultralytics: Exporter = {
  id,
  tasks: ['single-label', 'detection', 'segmentation'],
  can: {
    ...softmaxAbilities,
    // By `issues`: another for objects.
    losses: 'all',
    deferred: false,
  },
  issues,
  files: (job, leftOut) => {
    const stage = { ...job.stage, switchAt: 0 };
    const last = { ...job, stage, stages: [stage] };
    return [
      {
        path: 'class_balance.py',
        parts: [
          pythonText([
            origin(job, leftOut),
            defectNotes(id),
            isObjects(job) ? mosaic : '',
            imports(job),
            countsAndOrder(job),
            ...(isObjects(job) ? [imageFactors(last), repeatEpoch(last)] : [numpySampler(last)]),
            drawing(job),
            ...(isObjects(job) ? [] : [lossCode(last, false), criterion]),
            trainer(job),
          ]),
        ],
      },
      ...(isObjects(job) ? repeatList(job) : []),
    ];
  },
};
