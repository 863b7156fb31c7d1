import { join } from 'node:path';
import { LongtailError } from '../common/errors';
import { runFiles } from '../protocol/runFiles';
import type { Ops } from './backend/types';
import type { TrainingData } from './data/trainingData';
import type { Network } from './models/types';
import { readNpz, writeNpz } from './npz';
import { predictRows } from './stages/predict';
import type { Outputs } from './stages/types';

/** What some corrections are made of: the training features and the classifier on them. */
export interface Fitted {
  /** Features of the training rows [n,D]; null where nothing asks for them. */
  readonly train: Float32Array | null;
  /** Rows of the last layer [C,D]. */
  readonly classifier: Float64Array;
}

/** Raw outputs of a trained network on the parts that are scored. */
export interface Predictions {
  /** null with `validation: none`. */
  readonly validation: Outputs | null;
  readonly test: Outputs;
  /** null where no correction asks for it. */
  readonly fitted: Fitted | null;
}

const fileOf = (folder: string, part: 'validation' | 'test'): string =>
  join(folder, runFiles.predictions, `${part}.npz`);

/** Rows of the last layer [C,D]: its kernel [D,C] turned over. */
const classifierRows = (network: Network): Float64Array => {
  const kernel = network.getWeights().get(`${network.spec.classifier.name}/kernel`);
  const [width = 0, classes = 0] = kernel?.shape ?? [];
  return Float64Array.from(
    { length: width * classes },
    (_, i) => kernel?.values[(i % width) * classes + Math.floor(i / width)] ?? NaN,
  );
};

/** Runs the network over validation and test: the only place that touches the test split. */
export const predictAll = async (
  network: Network,
  ops: Ops,
  data: TrainingData,
  breathe: () => Promise<void>,
): Promise<Predictions> => {
  const inputs = { ops, network, data, breathe };
  const { validation, test } = data.split;
  return {
    validation: validation.length === 0 ? null : await predictRows(inputs, validation),
    test: await predictRows(inputs, test),
    fitted: null,
  };
};

/** What a correction asks the network for: its classifier, and the features of the training rows. */
export const fittedParts = async (
  inputs: Parameters<typeof predictRows>[0],
  needs: 'outputs' | 'classifier' | 'features',
): Promise<Fitted | null> =>
  needs === 'outputs'
    ? null
    : {
        train:
          needs === 'features'
            ? (await predictRows(inputs, inputs.data.split.train)).features
            : null,
        classifier: classifierRows(inputs.network),
      };

/**
 * Writes `predictions/{validation,test}.npz`: `logits` [n,C] before any correction, `features`
 * [n,D], `rows` [n] (sample numbers of the index) and `labels` [n], with several labels an item
 * [n,C] of 0 and 1. Test also gets `predicted` [n], the class each item was given after the
 * correction; not with several labels.
 */
export const writePredictions = (
  folder: string,
  predictions: Predictions,
  data: TrainingData,
  predicted: Int32Array | null,
): void => {
  for (const part of ['validation', 'test'] as const) {
    const outputs = predictions[part];
    const rows = data.split[part];
    if (outputs === null) continue;
    const n = rows.length;
    const classes = data.classNames.length;
    writeNpz(fileOf(folder, part), {
      logits: { shape: [n, outputs.logits.length / n], values: outputs.logits },
      features: { shape: [n, outputs.features.length / n], values: outputs.features },
      rows: { shape: [n], values: Int32Array.from(rows) },
      labels:
        data.multi === null
          ? { shape: [n], values: Int32Array.from(rows, (row) => data.classOf[row] ?? -1) }
          : { shape: [n, classes], values: Int32Array.from(data.multi.targets(rows)) },
      ...(part === 'test' && predicted !== null
        ? { predicted: { shape: [n], values: predicted } }
        : {}),
    });
  }
};

const readOutputs = (path: string, rows: Uint32Array): Outputs => {
  const arrays = readNpz(path);
  const [logits, features, saved] = ['logits', 'features', 'rows'].map(
    (name) => arrays.get(name)?.values,
  );
  const same = saved?.length === rows.length && rows.every((row, i) => row === saved[i]);
  if (!same || !(logits instanceof Float32Array) || !(features instanceof Float32Array))
    throw new LongtailError('train/npz-damaged', { path });
  return { logits, features };
};

/** Reads the predictions of a finished run on the same split. Throws `train/npz-damaged`. */
export const readPredictions = (folder: string, data: TrainingData): Predictions => {
  const { validation, test } = data.split;
  return {
    validation:
      validation.length === 0 ? null : readOutputs(fileOf(folder, 'validation'), validation),
    test: readOutputs(fileOf(folder, 'test'), test),
    fitted: null,
  };
};
