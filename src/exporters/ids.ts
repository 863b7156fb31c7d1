import { LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';

/** Ids of the exporters' table, for doors that load the table only when one is used. */
export const exporterIds: readonly string[] = [
  'pytorch',
  'huggingface',
  'keras',
  'tfjs',
  'detectron2',
  'mmdetection',
  'mmpretrain',
  'ultralytics',
  'scikit-learn',
  'imbalanced-learn',
  'xgboost',
  'lightgbm',
  'json',
  'manifest',
  'features',
];

/** The id itself, or an error that names the nearest one and all of them. */
export const exporterId = (id: string): string => {
  if (exporterIds.includes(id)) return id;
  const near = nearest(id, exporterIds);
  throw near === null
    ? new LongtailError('exporters/unknown', { id, known: exporterIds })
    : new LongtailError('exporters/unknown-near', { id, near, known: exporterIds });
};
