import type { Issue } from '../common/errors';
import { hasLabelSets } from './labelTerms';
import { origin, pythonText } from './pythonModule';
import { pytorch, torchParts } from './pytorch';
import type { Exporter, ExportJob } from './types';

const imports = `
import math
import warnings

import torch
import transformers
`;

const mapping = `

def mapping_of(config):
    # Class name to index as the model has it: label2id and id2label of model.config.
    names = {str(name): int(index) for index, name in config.id2label.items()}
    label2id = {str(name): int(index) for name, index in config.label2id.items()}
    if names != label2id:
        raise ValueError("label2id and id2label of the model's config contradict each other.")
    if set(names) == {f"LABEL_{index}" for index in range(len(names))} != set(COUNTS):
        raise ValueError(
            "The model's config has no class names: load the model with id2label and label2id."
        )
    in_order(COUNTS, names)
    return names
`;

const trainer = (job: ExportJob): string => {
  const { sampler, weights } = job.stage;
  const sets = hasLabelSets(job);
  const weighted = weights.values !== null && weights.reduction === 'weightedMean';
  const samples = sampler.draw !== 'every-item-once';
  return `

class OfEpoch(transformers.TrainerCallback):
    # Tells sampler and loss the epoch, by which they draw and switch.

    def __init__(self, trainer):
        self.trainer = trainer

    def on_epoch_begin(self, args, state, control, **kwargs):
        epoch = int((state.epoch or 0.0) + 1e-6)
        for part in (self.trainer.class_loss, self.trainer.class_sampler):
            if hasattr(part, "set_epoch"):
                part.set_epoch(epoch)


class BalancedTrainer(transformers.Trainer):
    # A Trainer with the loss${samples ? ' and the sampler' : ''} of this file. Labels that are -100 count for nothing. class_dim is
    # where the logits have their classes: last for sequences and tokens, 1 for pixels.${
      samples
        ? `
    # train_labels: ${sets ? 'a row of 0 and 1 for' : 'the class of'} each training sample, else the column "labels" or "label".`
        : ''
    }

    def __init__(self, *args, class_dim=-1${samples ? ', train_labels=None' : ''}, **options):
        super().__init__(*args, **options)
        self.class_mapping = mapping_of(self.model.config)
        self.class_loss = make_loss(self.class_mapping, reduction="none", class_dim=class_dim)
        self.class_sampler = None
${samples ? '        self.train_labels = train_labels\n' : ''}        # A batch in several steps is divided once, by what get_batch_samples counts.
        self.model_accepts_loss_kwargs = True
        self.add_callback(OfEpoch(self))

    def divisor(self, labels):
        # What the sum of the losses of these labels is divided by.
        kept = labels != self.class_loss.ignore_index
${
  sets
    ? '        return kept.any(self.class_loss.class_dim).float().sum()'
    : weighted
      ? `        weight = self.class_loss.weight
${stageDeferred(job) ? '        if self.class_loss.epoch < self.class_loss.switch_at:\n            weight = torch.ones_like(weight)\n' : ''}        own = weight.to(labels.device)[torch.where(kept, labels, 0).long()]
        return (own * kept).sum()`
      : '        return kept.float().sum()'
}

    def get_batch_samples(self, *args, **options):
        # transformers 4.46 and later: the batches of one step of the optimizer, over all processes.
        batches, items = super().get_batch_samples(*args, **options)
        if len(batches) == 0 or "labels" not in batches[0]:
            return batches, items
        total = sum(self.divisor(batch["labels"]) for batch in batches)
        total = self.accelerator.gather(total.to(self.args.device)).sum()
        return batches, total / self.accelerator.num_processes

    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        if "labels" not in inputs:
            return super().compute_loss(model, inputs, return_outputs)
        labels = inputs["labels"]
        outputs = model(**{name: value for name, value in inputs.items() if name != "labels"})
        logits = outputs["logits"] if isinstance(outputs, dict) else outputs[0]
        self.class_loss.to(logits.device)
        total = self.class_loss(logits, labels).sum()
        if num_items_in_batch is None:
            num_items_in_batch = self.divisor(labels)
        loss = total / torch.as_tensor(num_items_in_batch).to(total.device).clamp(min=1e-12)
        return (loss, outputs) if return_outputs else loss
${samples ? samplerMethod(job) : ''}`;
};

const stageDeferred = ({ stage }: ExportJob): boolean => stage.switchAt > 0;

const samplerMethod = (job: ExportJob): string => `
    def _get_train_sampler(self, train_dataset=None):
        # The same draws on every process: accelerate then deals them out by batches.
        dataset = self.train_dataset if train_dataset is None else train_dataset
        labels = self.train_labels
        if labels is None:
            columns = getattr(dataset, "column_names", None) or []
            found = [name for name in ("labels", "label") if name in columns]
            if not found:
                raise ValueError("Give train_labels=: ${hasLabelSets(job) ? 'a row of 0 and 1 for' : 'the class index of'} each training sample.")
            labels = ${
              hasLabelSets(job)
                ? 'torch.stack([torch.as_tensor(one) for one in dataset[found[0]]])'
                : 'list(dataset[found[0]])'
            }
        if len(labels) != len(dataset):
            raise ValueError(f"{len(labels)} train_labels for {len(dataset)} training samples.")
        self.class_sampler = make_sampler(
            labels, self.class_mapping, seed=${job.config.seed}, num_replicas=1, rank=0
        )
        return self.class_sampler
`;

/** The Trainer reads the length of an epoch once, before training. */
const lengths = ({ stage, origin: { items } }: ExportJob): readonly Issue[] =>
  stage.switchAt > 0 && stage.sampler.draws !== items
    ? [
        {
          severity: 'warning',
          code: 'exporters/huggingface-length',
          params: { stage: stage.name, epoch: stage.switchAt },
        },
      ]
    : [];

/** A module for Hugging Face's Trainer: a subclass with the loss and sampler of the last stage. */
export const huggingface: Exporter = {
  ...pytorch,
  id: 'huggingface',
  can: pytorch.can === null ? null : { ...pytorch.can, stages: false },
  issues: lengths,
  files: (whole, leftOut) => {
    const job = { ...whole, stages: [whole.stage] };
    return [
      {
        path: 'class_balance.py',
        parts: [
          pythonText([origin(job, leftOut), imports, ...torchParts(job, [mapping, trainer(job)])]),
        ],
      },
    ];
  },
};
