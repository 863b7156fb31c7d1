import { estimatorAbilities } from './abilities';
import { itemWeights, oneEpoch } from './itemWeights';
import { lastStage } from './lastStage';
import { classTable, countsAndOrder, float, origin, pythonText } from './pythonModule';
import { labelCode, probabilityCode, weightCode } from './pythonTabular';
import type { Exporter, ExportJob } from './types';

const imports = (draws: boolean): string => `
import numpy as np
${draws ? 'from imblearn.over_sampling import RandomOverSampler\nfrom imblearn.under_sampling import RandomUnderSampler\n' : ''}`;

const sampling = (job: ExportJob): string => {
  const ratios = itemWeights(job);
  if (ratios === null) return '';
  const { seed, stages } = job.config;
  const size = stages.at(-1)?.optimizer.batchSize ?? 64;
  return `
# Samples of a class after resampling, as a multiple of those it has: sampler ${job.stage.sampler.kind}.
${classTable('SAMPLE_RATIOS', job, ratios, float)}


def sampling_strategy(y, class_mapping=None, grow=None):
    # Samples by label, as sampling_strategy= of a sampler has them: all classes, or those that grow
    # or shrink only. Counts are those of the y given, so that it fits the folds of a
    # cross-validation too.
    ratios = in_order(SAMPLE_RATIOS, resolved(class_mapping))
    labels, counts = np.unique(np.asarray(y), return_counts=True)
    wanted = {}
    for label, index, n in zip(labels.tolist(), indices_of(labels, class_mapping), counts.tolist()):
        size = max(1, round(n * ratios[index]))
        if grow is None or (size > n if grow else size < n):
            wanted[label] = size
    return wanted


def make_samplers(class_mapping=None, seed=${seed}):
    # imblearn.pipeline.make_pipeline(*make_samplers(), estimator) resamples what it is fitted to,
    # and never what it predicts: use it within cross-validation.
    def grown(y):
        return sampling_strategy(y, class_mapping, grow=True)

    def shrunk(y):
        return sampling_strategy(y, class_mapping, grow=False)

    return [
        RandomOverSampler(sampling_strategy=grown, random_state=seed),
        RandomUnderSampler(sampling_strategy=shrunk, random_state=seed),
    ]


def resampled_positions(y, class_mapping=None, seed=${seed}):
    # Positions of the samples after both, for data that are no arrays.
    y = np.asarray(y)
    positions = np.arange(len(y)).reshape(-1, 1)
    for sampler in make_samplers(class_mapping, seed):
        positions, y = sampler.fit_resample(positions, y)
    return positions.ravel()


def batches(X, y, class_mapping=None, batch_size=${size}, epoch=0, seed=${seed}):
    # Batches of an epoch for partial_fit, drawn anew in each epoch. In place of
    # imblearn.keras.BalancedBatchGenerator, which takes one sampler and draws once.
    at = resampled_positions(y, class_mapping, seed=seed + epoch)
    at = np.random.default_rng([seed, epoch]).permutation(at)
    for start in range(0, len(at), batch_size):
        own = at[start : start + batch_size]
        yield np.asarray(X)[own], np.asarray(y)[own]
`;
};

/** A module for imbalanced-learn: its random samplers with the sizes of the config's sampler. */
export const imbalancedLearn: Exporter = {
  id: 'imbalanced-learn',
  tasks: ['single-label'],
  can: estimatorAbilities,
  issues: oneEpoch,
  files: (whole, leftOut) => {
    const job = lastStage(whole, false);
    return [
      {
        path: 'class_balance.py',
        parts: [
          pythonText([
            origin(job, leftOut),
            imports(itemWeights(job) !== null),
            countsAndOrder(job),
            labelCode(),
            weightCode(job),
            sampling(job),
            probabilityCode(job),
          ]),
        ],
      },
    ];
  },
};
