import { join } from 'node:path';
import { parseExportedModel } from '../../config/exportedModel/schema';
import { modelFiles } from '../../config/exportedModel/types';
import type { ModelJob } from '../../protocol/modelJob';
import { writeAtomic } from '../atomicFile';
import { exportLayersModel } from '../backend/layersModel';
import { selectBackend } from '../backend/selectBackend';
import { writeNpz } from '../npz';
import { openModel, type FinishedModel } from './finishedModel';
import { runModel } from './logits';
import { specOf } from './servedNetwork';

/** The network as layers of TensorFlow.js, which give logits. */
const layersFiles = async ({ description, weights }: FinishedModel) => {
  const { network, classes } = description;
  const exported = await exportLayersModel({
    spec: {
      kind: network.kind,
      backbone: network.layers.map(specOf),
      classifier: { kind: 'dense', name: 'classifier', bias: true, decay: false },
    },
    inputShape: network.inputShape,
    classes: classes.length,
    weights,
    unit: network.head.unit,
  });
  try {
    return await exported.toFiles();
  } finally {
    exported.dispose();
  }
};

/**
 * Writes a model's description, its weights as `.npz`, and it as layers of TensorFlow.js, into a
 * folder; gives the files. The description is the last: a folder without it is no model. Throws what
 * opening the model throws, and what cannot be written.
 */
export const exportModel = async (
  job: Extract<ModelJob, { kind: 'export' }>,
): Promise<readonly string[]> => {
  const model = openModel(job.model, job.storeFolder);
  const at = (name: string): string => join(job.out, name);
  const text = `${JSON.stringify(model.description, null, 2)}\n`;
  parseExportedModel(text, at(modelFiles.description));
  // Nothing of it is trained or run far: the backend that always starts will do.
  const { ops } = await selectBackend('cpu');
  // Refuses weights that are not those of the layers.
  runModel(ops, model).dispose();
  const { modelJson, weightsBin } = await layersFiles(model);
  writeNpz(at(modelFiles.weights), Object.fromEntries(model.weights));
  writeAtomic(at(modelFiles.tfjsWeights), weightsBin);
  writeAtomic(at(modelFiles.tfjsTopology), modelJson);
  writeAtomic(at(modelFiles.description), text);
  const { description, weights, tfjsTopology, tfjsWeights } = modelFiles;
  return [description, weights, tfjsTopology, tfjsWeights].map(at);
};
