import { detectorAbilities } from './abilities';
import { defectNotes } from './defectNotes';
import { countsAndOrder, float, origin, pythonText } from './pythonModule';
import { imageFactors } from './pythonRepeat';
import { repeatList } from './repeatList';
import type { Exporter, ExportJob } from './types';

const imports = `
import warnings

import torch
from detectron2.data import (
    MetadataCatalog,
    build_detection_train_loader,
    get_detection_dataset_dicts,
)
from detectron2.data.samplers import RepeatFactorTrainingSampler
from detectron2.engine import DefaultTrainer
`;

const loader = ({ config }: ExportJob): string => `

def class_names(cfg):
    # Detectron2 numbers categories by thing_classes; those of several datasets have to agree.
    return list(MetadataCatalog.get(cfg.DATASETS.TRAIN[0]).thing_classes)


def repeat_factors(dataset_dicts, names):
    # A factor for each image, for RepeatFactorTrainingSampler. Its own function would take the
    # frequencies of the images it is given, without an upper limit.
    classes = [
        {annotation["category_id"] for annotation in record["annotations"]}
        for record in dataset_dicts
    ]
    return torch.tensor(image_factors(classes, names), dtype=torch.float32)


def train_loader(cfg, mapper=None, seed=${config.seed}, **options):
    # In a distributed run every process draws the same images and takes its own part.
    names = class_names(cfg)
    dataset = get_detection_dataset_dicts(
        cfg.DATASETS.TRAIN,
        filter_empty=cfg.DATALOADER.FILTER_EMPTY_ANNOTATIONS,
        min_keypoints=(
            cfg.MODEL.ROI_KEYPOINT_HEAD.MIN_KEYPOINTS_PER_IMAGE if cfg.MODEL.KEYPOINT_ON else 0
        ),
        proposal_files=cfg.DATASETS.PROPOSAL_FILES_TRAIN if cfg.MODEL.LOAD_PROPOSALS else None,
    )
    sampler = RepeatFactorTrainingSampler(repeat_factors(dataset, names), seed=seed)
    return build_detection_train_loader(
        cfg, mapper=mapper, dataset=dataset, sampler=sampler, **options
    )


class BalancedTrainer(DefaultTrainer):
    # In place of DefaultTrainer. Iterations are counted in cfg.SOLVER.MAX_ITER: an epoch is longer.

    @classmethod
    def build_train_loader(cls, cfg):
        return train_loader(cfg)
`;

/** The nearest that options come; nothing without a threshold. */
const settings = ({ stage }: ExportJob): string => {
  const { sampler } = stage.config;
  if (sampler.kind !== 'repeat-factor' || stage.sampler.threshold === null) return '';
  return `

def repeat_by_options(cfg):
    # For a training script of which only the config can be changed. Not quite the same: Detectron2
    # takes frequencies after it left out images without objects, and knows no upper limit (here ${sampler.most}).
    cfg.DATALOADER.SAMPLER_TRAIN = "RepeatFactorTrainingSampler"
    cfg.DATALOADER.REPEAT_THRESHOLD = ${float(stage.sampler.threshold)}
    if "REPEAT_SQRT" in cfg.DATALOADER:
        cfg.DATALOADER.REPEAT_SQRT = ${sampler.squareRoot ? 'True' : 'False'}
${
  sampler.squareRoot
    ? ''
    : `    else:
        raise ValueError("This Detectron2 always takes the square root; use BalancedTrainer.")
`
}    return cfg
`;
};

const federated = `

def use_federated_loss(cfg, classes=50, power=0.5):
    # Only for datasets like LVIS, where an image does not say of most classes whether they are in
    # it: the classes an image lacks are drawn by (images of the class)^power. Zhou et al., 2021.
    if "USE_FED_LOSS" not in cfg.MODEL.ROI_BOX_HEAD:
        raise ValueError("This Detectron2 has no federated loss; versions after 0.6 have one.")
    metadata = MetadataCatalog.get(cfg.DATASETS.TRAIN[0])
    if not hasattr(metadata, "class_image_count"):
        metadata.class_image_count = [
            {"id": index + 1, "image_count": images}
            for index, images in enumerate(in_order(IMAGES, class_names(cfg)))
        ]
    cfg.MODEL.ROI_BOX_HEAD.USE_FED_LOSS = True
    cfg.MODEL.ROI_BOX_HEAD.USE_SIGMOID_CE = True
    cfg.MODEL.ROI_BOX_HEAD.FED_LOSS_NUM_CLASSES = min(classes, len(IMAGES))
    cfg.MODEL.ROI_BOX_HEAD.FED_LOSS_FREQ_WEIGHT_POWER = power
    return cfg
`;

/** A trainer of Detectron2 that repeats images by their rarest class. */
export const detectron2: Exporter = {
  id: 'detectron2',
  tasks: ['detection', 'segmentation'],
  can: detectorAbilities,
  files: (job, leftOut) => [
    {
      path: 'class_balance.py',
      parts: [
        pythonText([
          origin(job, leftOut),
          defectNotes('detectron2'),
          imports,
          countsAndOrder(job),
          imageFactors(job),
          loader(job),
          settings(job),
          federated,
        ]),
      ],
    },
    ...repeatList(job),
  ],
};
