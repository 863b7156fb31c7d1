import type { ModelJob } from '../../protocol/modelJob';
import { openModel } from './finishedModel';
import type { JobControl } from './jobControl';
import { predictPictures } from './predictPictures';
import { predictRows } from './predictRows';
import { rowInputOf } from './rowInput';

/**
 * Runs a finished model over pictures, or over the rows of a file where it takes those. Throws what
 * opening model and samples throws, and CancelledError when asked to stop.
 */
export const predict = async (
  job: Extract<ModelJob, { kind: 'predict' }>,
  control: JobControl,
): Promise<void> => {
  const model = openModel(job.model, job.storeFolder);
  const rows = rowInputOf(model.description.input);
  await (rows === null
    ? predictPictures(model, job, control)
    : predictRows(model, rows, job, control));
};
