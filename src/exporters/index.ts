import { LongtailError, type Issue } from '../common/errors';
import { detectron2 } from './detectron2';
import { features } from './features';
import { huggingface } from './huggingface';
import { exporterId } from './ids';
import { imbalancedLearn } from './imbalancedLearn';
import { keras } from './keras';
import { leftOut } from './leftOut';
import { lightgbm } from './lightgbm';
import { manifest } from './manifest';
import { mmdetection } from './mmdetection';
import { mmpretrain } from './mmpretrain';
import { pytorch } from './pytorch';
import { scikitLearn } from './scikitLearn';
import { table } from './table';
import { tfjs } from './tfjs';
import type { Exporter, ExportFile, ExportJob } from './types';
import { ultralytics } from './ultralytics';
import { xgboost } from './xgboost';

/** Every exporter, in the order of `exporterIds`: a new one is a file, a row here and its id there. */
export const exporters: readonly Exporter[] = [
  pytorch,
  huggingface,
  keras,
  tfjs,
  detectron2,
  mmdetection,
  mmpretrain,
  ultralytics,
  scikitLearn,
  imbalancedLearn,
  xgboost,
  lightgbm,
  table,
  manifest,
  features,
];

/** The exporter of an id. Throws as `exporterId`. */
export const exporterNamed = (id: string): Exporter => {
  const known = exporterId(id);
  const found = exporters.find((exporter) => exporter.id === known);
  if (found === undefined) throw new LongtailError('common/unexpected', { detail: id });
  return found;
};

export interface Exported {
  readonly files: readonly ExportFile[];
  /** Parts of the config that the files do not hold, and what to do about each. */
  readonly issues: readonly Issue[];
}

/**
 * A config for a framework, as files. Throws `exporters/task-not-served` for a kind of dataset that
 * the exporter has no code for; what it cannot say of the config comes as issues.
 */
export const exportFiles = (job: ExportJob, exporter: Exporter): Exported => {
  const { task } = job.origin;
  if (!exporter.tasks.includes(task))
    throw new LongtailError('exporters/task-not-served', {
      id: exporter.id,
      task,
      fitting: exporters.filter(({ tasks }) => tasks.includes(task)).map(({ id }) => id),
    });
  const issues = leftOut(job, exporter);
  return { files: exporter.files(job, issues), issues };
};

export { exportPlan } from './exportPlan';
export type { Exporter, ExportFile, ExportJob } from './types';
