import type { Issue } from '../common/errors';
import { defectNotes } from './defectNotes';
import { float, origin, pythonText } from './pythonModule';
import type { ExportFile, ExportJob } from './types';

/** The first lines of a config of MMEngine: the user's own one, and the module beside it. */
export const configHead = (scope: 'mmdet' | 'mmpretrain'): string => `_base_ = ["./base.py"]

default_scope = "${scope}"
# class_balance.py beside this file: put the folder on PYTHONPATH.
custom_imports = dict(imports=["class_balance"], allow_failed_imports=False)
`;

/** Images of an epoch of ClassBalancedDataset if every image had one class: factors are rounded up. */
const roundedUp = ({ classes, stage, origin: { items } }: ExportJob): number => {
  const once = classes.reduce((sum, { images }) => sum + images, 0);
  const drawn = classes.reduce(
    (sum, { images }, j) => sum + images * Math.ceil(stage.sampler.repeats?.[j] ?? 1),
    0,
  );
  return Math.round((drawn / Math.max(1, once)) * items);
};

/**
 * A second config with the framework's own ClassBalancedDataset and our threshold: for those who
 * want no code of their own. Nothing where the config repeats nothing.
 */
export const balancedDatasetConfig = (
  job: ExportJob,
  leftOut: readonly Issue[],
  framework: 'mmdetection' | 'mmpretrain',
): readonly ExportFile[] => {
  const { threshold, repeats } = job.stage.sampler;
  const { sampler } = job.stage.config;
  if (threshold === null || repeats === null || sampler.kind !== 'repeat-factor') return [];
  const { most, squareRoot } = sampler;
  const text = `
# In place of class_balance_config.py, without the sampler: the framework's own wrapper.
# It always takes sqrt(t / f)${squareRoot ? '' : ' (the config here says t / f)'}, without an upper limit (here ${most}), and rounds every factor up:
# about ${roundedUp(job)} images an epoch in place of ${job.origin.items}, counted by class.
_base_ = ["./base.py"]

train_dataloader = dict(
    dataset=dict(
        _delete_=True,
        type="ClassBalancedDataset",
        oversample_thr=${float(threshold)},
        dataset={{_base_.train_dataloader.dataset}},
    )
)
`;
  return [
    {
      path: 'class_balanced_dataset_config.py',
      parts: [pythonText([origin(job, leftOut), defectNotes(framework), text])],
    },
  ];
};
