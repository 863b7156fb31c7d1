import { estimatorAbilities } from './abilities';
import { lastStage } from './lastStage';
import { numpySampler } from './numpySampler';
import { countsAndOrder, origin, pythonText } from './pythonModule';
import { labelCode, probabilityCode, weightCode } from './pythonTabular';
import type { Exporter, ExportJob, ExportStage } from './types';

const imports = ({ sampler }: ExportStage): string => `
${sampler.draw === 'every-item-once' ? '' : 'import math\nimport warnings\n\n'}import numpy as np
`;

/** Rows drawn as the stage's sampler does; '' where it draws every sample once. */
const resampling = (job: ExportJob): string => {
  const { sampler, epochs } = job.stage;
  if (sampler.draw === 'every-item-once') return '';
  return `${numpySampler(job)}

def resampled(X, y, class_mapping=None, epoch=${sampler.changes ? epochs - 1 : 0}, seed=${job.config.seed}):
    # Arrays X and y as the sampler draws an epoch of them. For training rows only: split before it.
    at = epoch_indices(indices_of(y, class_mapping), resolved(class_mapping), epoch=epoch, seed=seed)
    return np.asarray(X)[at], np.asarray(y)[at]
`;
};

const splitting = ({ config }: ExportJob): string => `

def stratified_split(y, class_mapping=None, share=0.2, seed=${config.seed}):
    # Positions for training and for validation: of each class the share of its samples, one at
    # least where it has two; a class with one sample stays in training. train_test_split(stratify=y)
    # stops at such a class. For folds: StratifiedKFold with at most as many as the rarest class has.
    random = np.random.default_rng(seed)
    indices = indices_of(y, class_mapping)
    held = []
    for one in np.unique(indices):
        own = random.permutation(np.flatnonzero(indices == one))
        size = min(max(round(len(own) * share), 1), len(own) - 1)
        held.append(own[:size])
    held = np.sort(np.concatenate(held))
    return np.setdiff1d(np.arange(len(indices)), held), held
`;

const threshold = ({ classes }: ExportJob): string =>
  classes.length === 2
    ? `

def with_threshold(estimator, **options):
    # The threshold with the best balanced accuracy in cross-validation, in place of 0.5. For class
    # weights, sampling or the threshold: one of them is enough. scikit-learn 1.5 and later.
    from sklearn.model_selection import TunedThresholdClassifierCV

    return TunedThresholdClassifierCV(estimator, **{"scoring": "balanced_accuracy", **options})
`
    : '';

/** A module for scikit-learn: weights, resampled rows, a split, and probabilities for other shares. */
export const scikitLearn: Exporter = {
  id: 'scikit-learn',
  tasks: ['single-label'],
  can: estimatorAbilities,
  files: (whole, leftOut) => {
    const job = lastStage(whole, false);
    return [
      {
        path: 'class_balance.py',
        parts: [
          pythonText([
            origin(job, leftOut),
            imports(job.stage),
            countsAndOrder(job),
            labelCode(),
            weightCode(job),
            resampling(job),
            splitting(job),
            probabilityCode(job),
            threshold(job),
          ]),
        ],
      },
    ];
  },
};
