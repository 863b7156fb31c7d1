import { labelAbilities, stagedAbilities } from '../abilities';
import type { Issue, MessageParams } from '../../common/errors';
import { hasLabelSets, labelStage } from '../labelTerms';
import { isStaged } from '../leftOut';
import { numpySampler } from '../numpySampler';
import { literal } from '../python';
import { sampleCount } from '../pythonLabels';
import { countsAndOrder, float, origin, pythonText } from '../pythonModule';
import { choosesTau, posthocOffsets, posthocTau } from '../pythonPosthoc';
import type { Exporter, ExportJob } from '../types';
import { labelLossCode, labelStartCode } from './labelLoss';
import { lossCode } from './loss';
import { stagesScript } from './stages';

const imports = `
import math
import warnings

import keras
import numpy as np
`;

const batches = ({ stages, stage, config }: ExportJob): string => {
  const several = stages.length > 1;
  const own = several ? `, stage=${literal(stage.name)}` : '';
  const size = stage.config.optimizer.batchSize;
  return `

class EpochBatches(keras.utils.PyDataset):
    # Batches of arrays as the sampler draws them, anew in each epoch: model.fit(EpochBatches(...)).

    def __init__(
        self, x, y, class_mapping, batch_size=${size}, seed=${config.seed}${own}, **options
    ):
        super().__init__(**options)
        self.x, self.y, self.class_mapping = x, y, class_mapping
        self.batch_size, self.seed, self.epoch = batch_size, seed, -1
${several ? '        self.stage = stage\n' : ''}        self.on_epoch_end()

    def on_epoch_end(self):
        self.epoch += 1
        self.indices = epoch_indices(
            self.y, self.class_mapping, epoch=self.epoch, seed=self.seed${several ? ', stage=self.stage' : ''}
        )

    def __len__(self):
        return -(-len(self.indices) // self.batch_size)

    def __getitem__(self, batch):
        at = self.indices[batch * self.batch_size : (batch + 1) * self.batch_size]
        return self.x[at], self.y[at]
`;
};

const choice = `

def choose_tau(logits, labels, class_mapping):
    # On validation data, never on the test: the tau with the best balanced accuracy.
    labels = np.asarray(labels)

    def score(tau):
        right = correct_logits(logits, class_mapping, tau).argmax(axis=-1) == labels
        return sum(right[labels == j].mean() for j in np.unique(labels))

    return max((step / 10 for step in range(21)), key=score)
`;

const around = (job: ExportJob): string => {
  const { model, posthoc } = job.config;
  const tau = posthocTau(job);
  return [
    'biasInit' in model && model.biasInit === 'prior'
      ? `

def bias_at_shares(class_mapping):
    # bias_initializer of the last dense layer: the log of the class shares. An empty class starts
    # as if it had one sample.
    counts = in_order(COUNTS, class_mapping)
    logs = [math.log(max(n, 1) / sum(counts)) for n in counts]
    return lambda shape, dtype=None: keras.ops.array(logs, dtype=dtype)
`
      : '',
    tau === null
      ? ''
      : `
${posthocOffsets(job)}

def correct_logits(logits, class_mapping, tau=${float(tau)}):
    # logits [..., C], as model.predict gives them.
    return np.asarray(logits) + np.array(posthoc_offsets(class_mapping, tau))
${choosesTau(job) ? choice : ''}`,
    posthoc.kind === 'tau-norm'
      ? `

def tau_normalised(kernel, tau=${float(posthoc.tau === 'auto' ? 1 : posthoc.tau)}):
    # Columns of a dense kernel (features x classes) divided by their norm to the power tau; the bias
    # is left out. Kang et al., ICLR 2020, equation 4.
    kernel = np.asarray(kernel)
    return kernel / np.maximum(np.linalg.norm(kernel, axis=0), 1e-12) ** tau
`
      : '',
  ].join('');
};

const note = (what: string, params: MessageParams): Issue => ({
  severity: 'warning',
  code: `exporters/keras-${what}`,
  params,
});

/** A module for Keras 3 on any backend: sampler, batches and loss of every stage, and a script of the stages. */
export const keras: Exporter = {
  id: 'keras',
  tasks: ['single-label', 'multi-label'],
  can: stagedAbilities,
  canLabels: labelAbilities,
  issues: ({ stages }) =>
    stages.flatMap(({ name, config }) => [
      ...(config.trainable === 'classifier-and-scale'
        ? [note('classifier-rate', { stage: name, rate: config.optimizer.classifierRate ?? 0.2 })]
        : []),
      ...(config.batchNorm === 'update' ? [note('batch-norm', { stage: name })] : []),
    ]),
  files: (whole, leftOut) => {
    const job = labelStage(whole);
    const sets = hasLabelSets(job);
    return [
      {
        path: 'class_balance.py',
        parts: [
          pythonText([
            origin(job, leftOut),
            imports,
            countsAndOrder(job),
            sets ? sampleCount(job) : '',
            numpySampler(job),
            batches(job),
            sets ? labelLossCode(job) : lossCode(job),
            sets ? labelStartCode(job) : around(job),
          ]),
        ],
      },
      ...(isStaged(job) && !sets
        ? [{ path: 'train_stages.py', parts: [stagesScript(job, leftOut)] }]
        : []),
    ];
  },
};
