import * as tf from '@tensorflow/tfjs-core';
import type * as library from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { LayerSpec, ModelSpec, NamedWeight } from '../models/types';
import type { Shape, Tensor } from './types';

type Layers = Pick<typeof library, 'layers'>;

/** A model as the library's own layers: what other programs read. */
export interface ExportedModel {
  /** Logits in inference mode; the caller frees them. */
  predict(x: Tensor): Tensor;
  /** `model.json` and `weights.bin` of the TensorFlow.js layers format. */
  toFiles(): Promise<{ readonly modelJson: string; readonly weightsBin: Uint8Array }>;
  dispose(): void;
}

export interface ExportSource {
  readonly spec: ModelSpec;
  readonly inputShape: Shape;
  readonly classes: number;
  readonly weights: ReadonlyMap<string, NamedWeight>;
}

const only = (output: SymbolicTensor | SymbolicTensor[]): SymbolicTensor => {
  if (!Array.isArray(output)) return output;
  throw new TypeError('a layer gave several outputs');
};

/** Adds one layer of a spec to the graph; names stay, so that weights keep theirs. */
const apply = ({ layers }: Layers, spec: LayerSpec, x: SymbolicTensor): SymbolicTensor => {
  const to = (layer: { apply(input: SymbolicTensor): unknown }): SymbolicTensor =>
    only(layer.apply(x) as SymbolicTensor | SymbolicTensor[]);
  const { name } = spec;
  switch (spec.kind) {
    case 'conv': {
      const { filters, size, stride, padding, bias } = spec;
      const options = { filters, kernelSize: size, strides: stride, padding, useBias: bias };
      return to(layers.conv2d({ name, ...options }));
    }
    case 'dense':
      return to(layers.dense({ name, units: spec.units, useBias: spec.bias }));
    case 'batch-norm':
      return to(
        layers.batchNormalization({ name, epsilon: spec.epsilon, momentum: spec.momentum }),
      );
    case 'relu':
      return to(layers.reLU({ name }));
    case 'max-pool': {
      const { size, stride, padding } = spec;
      return to(layers.maxPooling2d({ name, poolSize: size, strides: stride, padding }));
    }
    case 'global-average-pool':
      return to(layers.globalAveragePooling2d({ name }));
    case 'flatten':
      return to(layers.flatten({ name }));
    case 'residual': {
      const branch = (specs: readonly LayerSpec[]): SymbolicTensor =>
        specs.reduce((y, inner) => apply({ layers }, inner, y), x);
      const sum = layers.add({ name }).apply([branch(spec.body), branch(spec.shortcut)]);
      return only(sum as SymbolicTensor | SymbolicTensor[]);
    }
  }
};

const setWeights = (model: LayersModel, weights: ExportSource['weights']): void => {
  const values = model.weights.map(({ originalName }) => {
    const weight = weights.get(originalName);
    if (weight === undefined) throw new RangeError(`the model has no weight ${originalName}`);
    return tf.tensor(weight.values, [...weight.shape], 'float32');
  });
  model.setWeights(values);
  tf.dispose(values);
};

const bytesOf = (data: tf.io.WeightData): Uint8Array => {
  const parts = (Array.isArray(data) ? data : [data]).map((part) => new Uint8Array(part));
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
};

const filesOf = async (model: LayersModel) => {
  let files: { modelJson: string; weightsBin: Uint8Array } | undefined;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      const { modelTopology, weightSpecs, weightData } = artifacts;
      const description = {
        format: 'layers-model',
        modelTopology,
        weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs ?? [] }],
      };
      files = { modelJson: JSON.stringify(description), weightsBin: bytesOf(weightData ?? []) };
      const modelArtifactsInfo = { dateSaved: new Date(0), modelTopologyType: 'JSON' as const };
      return Promise.resolve({ modelArtifactsInfo });
    }),
  );
  if (files === undefined) throw new Error('the library saved nothing');
  return files;
};

/** Builds a trained network as the library's own layers, weight by weight under the same names. */
export const exportLayersModel = async (source: ExportSource): Promise<ExportedModel> => {
  const tfl = await import('@tensorflow/tfjs-layers');
  const { spec, inputShape, classes } = source;
  const input = tfl.input({ shape: [...inputShape], name: 'input' });
  const all: LayerSpec[] = [...spec.backbone, { ...spec.classifier, units: classes }];
  const output = all.reduce((x, layer) => apply(tfl, layer, x), input);
  const model = tfl.model({ inputs: input, outputs: output, name: spec.kind });
  setWeights(model, source.weights);
  return {
    predict: (x) => {
      const y = model.predict(x);
      if (Array.isArray(y)) throw new TypeError('the model gave several outputs');
      return y;
    },
    toFiles: () => filesOf(model),
    dispose: () => {
      model.dispose();
    },
  };
};
