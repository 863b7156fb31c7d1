import { join } from 'node:path';
import { parseExportedModel } from '../../config/exportedModel/schema';
import { modelFiles, type ExportedModel } from '../../config/exportedModel/types';
import type { ModelJob } from '../../protocol/modelJob';
import { writeAtomic } from '../atomicFile';
import { exportLayersModel, type ExportSource } from '../backend/layersModel';
import { selectBackend } from '../backend/selectBackend';
import { writeNpz } from '../npz';
import { openModel, type FinishedModel } from './finishedModel';
import { runModel } from './logits';
import { specOf } from './servedNetwork';
import { withNetwork } from './withNetwork';

/** The frozen network of a description that holds one. */
const frozenOf = ({ input }: ExportedModel): NonNullable<ExportSource['frozen']> | null => {
  if (input.kind !== 'features' || input.network === null) return null;
  const { layers, height, width } = input.network;
  return layers === null ? null : { layers, inputShape: [height, width, 3] };
};

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
    frozen: frozenOf(description),
  });
  try {
    return await exported.toFiles();
  } finally {
    exported.dispose();
  }
};

/**
 * Writes a model's description, its weights as `.npz`, and it as layers of TensorFlow.js, into a
 * folder; gives the files. The description is the last: a folder without it is no model. Throws
 * `model/weights` for weights that are not those of the layers, and what cannot be written.
 */
export const writeModel = async (
  model: FinishedModel,
  folder: string,
): Promise<readonly string[]> => {
  const at = (name: string): string => join(folder, name);
  const text = `${JSON.stringify(model.description, null, 2)}\n`;
  parseExportedModel(text, at(modelFiles.description));
  // Nothing of it is trained or run far: the backend that always starts will do.
  const { ops } = await selectBackend('cpu');
  runModel(ops, model).dispose();
  const { modelJson, weightsBin } = await layersFiles(model);
  writeNpz(at(modelFiles.weights), Object.fromEntries(model.weights));
  writeAtomic(at(modelFiles.tfjsWeights), weightsBin);
  writeAtomic(at(modelFiles.tfjsTopology), modelJson);
  writeAtomic(at(modelFiles.description), text);
  const { description, weights, tfjsTopology, tfjsWeights } = modelFiles;
  return [description, weights, tfjsTopology, tfjsWeights].map(at);
};

/**
 * Writes the model of a finished run, with the frozen network below it where that is a listed one.
 * Throws what opening the model, finding that network and writing throw.
 */
export const exportModel = (
  { model, storeFolder, out }: Extract<ModelJob, { kind: 'export' }>,
  bundleFolder: string,
): Promise<readonly string[]> =>
  writeModel(withNetwork(openModel(model, storeFolder), bundleFolder), out);
