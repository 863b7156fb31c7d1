import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RebalanceConfig } from '../config/schema';
import { runFiles } from '../protocol/runFiles';
import type { RunSummary } from '../report/types';
import type { TrainingData } from './data/trainingData';
import { classifierSpec } from './models/classifier';
import { createNetwork } from './models/network';
import { linearSpec } from './models/perceptron';
import type { NamedWeight, Network } from './models/types';
import { createNetworkFor, readStageWeights } from './network';
import { readNpz, writeNpz } from './npz';
import { fittedParts, readPredictions, type Predictions } from './predictions';
import type { Prepared } from './prepare';

/** A trained network as what the heads see of it. */
export interface Representation {
  readonly config: RebalanceConfig;
  /** The dataset with features in place of its samples. */
  readonly data: TrainingData;
  /** Outputs of the plain network, with the training features and its classifier. */
  readonly predictions: Predictions;
  /** A network on the features whose classifier is the trained one; the caller frees it. */
  readonly createHead: () => Network;
  /** Weights of the whole trained network. */
  readonly weights: ReadonlyMap<string, NamedWeight>;
  /** Run that trained it. */
  readonly run: RunSummary;
  readonly width: number;
}

/** Reads the training features kept in a run folder, if they are of these rows. */
const readTrain = (path: string, rows: Uint32Array): Float32Array | null => {
  if (!existsSync(path)) return null;
  const arrays = readNpz(path);
  const saved = arrays.get('rows')?.values;
  const features = arrays.get('features')?.values;
  const same = saved?.length === rows.length && rows.every((row, i) => row === saved[i]);
  return same && features instanceof Float32Array ? features : null;
};

/** The dataset with the features of each part in place of its samples. */
const onFeatures = (
  data: TrainingData,
  parts: readonly (readonly [Uint32Array, Float32Array])[],
  width: number,
): TrainingData => {
  const place = new Map<number, Float32Array>();
  for (const [rows, features] of parts)
    rows.forEach((row, i) => place.set(row, features.subarray(i * width, (i + 1) * width)));
  return {
    ...data,
    input: {
      shape: [width],
      description: data.input.description,
      batch: (rows) => {
        const out = new Float32Array(rows.length * width);
        rows.forEach((row, i) => out.set(place.get(row) ?? [], i * width));
        return out;
      },
    },
  };
};

/**
 * What a finished plain run left, for heads to be trained on. The features of the training rows are
 * taken once and kept beside the others, in `predictions/train.npz`.
 */
export const openRepresentation = async (
  { backend, data }: Prepared,
  config: RebalanceConfig,
  { folder, summary }: { readonly folder: string; readonly summary: RunSummary },
  breathe: () => Promise<void>,
): Promise<Representation> => {
  const { ops } = backend;
  const { train, validation, test } = data.split;
  const outputs = readPredictions(folder, data);
  const weights = readStageWeights(folder, 'all') ?? new Map<string, NamedWeight>();
  const path = join(folder, runFiles.predictions, 'train.npz');
  const kept = readTrain(path, train);
  const network = createNetworkFor(ops, config, data);
  try {
    network.setWeights(weights);
    const inputs = { network, ops, data, breathe };
    const fitted = await fittedParts(inputs, kept === null ? 'features' : 'classifier');
    const features = kept ?? fitted?.train ?? new Float32Array();
    const width = features.length / train.length;
    if (kept === null)
      writeNpz(path, {
        features: { shape: [train.length, width], values: features },
        rows: { shape: [train.length], values: Int32Array.from(train) },
        labels: {
          shape: [train.length],
          values: Int32Array.from(train, (row) => data.classOf[row] ?? -1),
        },
      });
    const held = outputs.validation?.features ?? new Float32Array();
    const own = 'classifier' in config.model ? config.model.classifier : undefined;
    const classifier = new Map([...weights].filter(([name]) => name.startsWith('classifier')));
    return {
      config,
      data: onFeatures(
        data,
        [
          [train, features],
          [validation, held],
          [test, outputs.test.features],
        ],
        width,
      ),
      predictions: {
        ...outputs,
        fitted: fitted === null ? null : { ...fitted, train: features },
      },
      createHead: () => {
        const head = createNetwork(
          ops,
          { ...linearSpec(), classifier: classifierSpec(own) },
          { inputShape: [width], classes: data.classNames.length, seed: config.seed },
        );
        head.setWeights(classifier);
        return head;
      },
      weights,
      run: summary,
      width,
    };
  } finally {
    network.dispose();
  }
};
