import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { FrozenLayer } from '../../config/exportedModel/types';
import { cosineEpsilon, hiddenLayers } from '../models/classifier';
import type { ClassifierSpec, LayerSpec, ModelSpec, NamedWeight } from '../models/types';
import { applyFrozen } from './frozenLayers';
import { only, type Layers } from './symbolic';
import type { Shape, Tensor } from './types';

/** A model as the library's own layers: what other programs read. */
export interface LayersExport {
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
  /**
   * Whether features are brought to length one before a dense classifier, after `centre/mean`, where
   * there is one, is taken off.
   */
  readonly unit?: boolean;
  /** A frozen network below all of it, whose features are standardised; pictures go in then. */
  readonly frozen?: { readonly layers: readonly FrozenLayer[]; readonly inputShape: Shape } | null;
}

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
      // The library's layer wants something to flatten.
      return x.rank === 2 ? x : to(layers.flatten({ name }));
    case 'residual': {
      const branch = (specs: readonly LayerSpec[]): SymbolicTensor =>
        specs.reduce((y, inner) => apply({ layers }, inner, y), x);
      const sum = layers.add({ name }).apply([branch(spec.body), branch(spec.shortcut)]);
      return only(sum as SymbolicTensor | SymbolicTensor[]);
    }
    case 'branches': {
      const branch = (specs: readonly LayerSpec[]): SymbolicTensor =>
        specs.reduce((y, inner) => apply({ layers }, inner, y), x);
      const both = layers.concatenate({ name }).apply([branch(spec.first), branch(spec.second)]);
      return only(both as SymbolicTensor | SymbolicTensor[]);
    }
  }
};

interface ExportedClassifier {
  readonly output: SymbolicTensor;
  /** Weights under names the network does not have, or with other values. */
  readonly weights: ReadonlyMap<string, NamedWeight>;
}

/** Rows of a dense layer [D][C] on features of length one, its bias, and what is taken off before. */
interface UnitClassifier {
  readonly name: string;
  readonly rows: Float32Array;
  readonly bias: Float32Array | null;
  readonly centre: Float32Array | null;
}

/**
 * A dense layer on features of length one, in layers that every reader knows: of (f, −f) the mean is
 * 0 and the variance |f|² / D, so that layer normalisation gives (f, −f) √D / |f|; the rows take the
 * rest.
 */
const applyUnit = (
  { layers }: Layers,
  { name, rows: given, bias, centre }: UnitClassifier,
  x: SymbolicTensor,
  classes: number,
): ExportedClassifier => {
  const width = given.length / classes;
  const rows = new Float32Array(2 * width * classes);
  given.forEach((w, i) => {
    rows[i] = w / Math.sqrt(width);
  });
  const mirror = new Float32Array(width * 2 * width);
  for (let d = 0; d < width; d++) {
    mirror[d * 2 * width + d] = 1;
    mirror[d * 2 * width + width + d] = -1;
  }
  const moved = centre === null ? null : Float32Array.from([...centre.map((c) => -c), ...centre]);
  const mirrorName = `${name}_mirror`;
  const steps = [
    layers.dense({ name: mirrorName, units: 2 * width, useBias: moved !== null }),
    layers.layerNormalization({
      ...{ name: `${name}_norm`, center: false, scale: false },
      epsilon: cosineEpsilon / Math.max(1, width),
    }),
    layers.dense({ name, units: classes, useBias: bias !== null }),
  ];
  const vector = (own: string, values: Float32Array | null) =>
    values === null ? [] : [[own, { shape: [values.length], values }] as const];
  return {
    output: steps.reduce((y, layer) => only(layer.apply(y) as SymbolicTensor), x),
    weights: new Map<string, NamedWeight>([
      [`${mirrorName}/kernel`, { shape: [width, 2 * width], values: mirror }],
      ...vector(`${mirrorName}/bias`, moved),
      [`${name}/kernel`, { shape: [2 * width, classes], values: rows }],
      ...vector(`${name}/bias`, bias),
    ]),
  };
};

/** A cosine classifier: rows of the scale's length. */
const cosineRows = (
  { name, scale }: Extract<ClassifierSpec, { kind: 'cosine' }>,
  { weights, classes }: Pick<ExportSource, 'weights' | 'classes'>,
): UnitClassifier => {
  const values = weights.get(`${name}/kernel`)?.values ?? new Float32Array();
  const norms = Array.from({ length: classes }, (_, c) => {
    let sum = cosineEpsilon;
    for (let i = c; i < values.length; i += classes) sum += (values[i] ?? 0) ** 2;
    return Math.sqrt(sum);
  });
  const rows = values.map((w, i) => (w * scale) / (norms[i % classes] ?? 1));
  return { name, rows, bias: null, centre: null };
};

const applyClassifier = (
  library: Layers,
  spec: ClassifierSpec,
  x: SymbolicTensor,
  source: Pick<ExportSource, 'weights' | 'classes' | 'unit'>,
): ExportedClassifier => {
  const { classes, weights } = source;
  if (spec.kind === 'cosine') return applyUnit(library, cosineRows(spec, source), x, classes);
  const { name, decay } = spec;
  if (source.unit === true) {
    const of = (part: string): Float32Array | null =>
      weights.get(`${name}/${part}`)?.values ?? null;
    const rows = of('kernel') ?? new Float32Array();
    const centre = weights.get('centre/mean')?.values ?? null;
    const own = { name, rows, bias: of('bias'), centre };
    return applyUnit(library, own, x, classes);
  }
  const bias = spec.kind === 'mlp' || spec.bias;
  const all: LayerSpec[] = [
    ...(spec.kind === 'mlp' ? hiddenLayers(spec) : []),
    { kind: 'dense', name, decay, bias, units: source.classes },
  ];
  const output = all.reduce((y, layer) => apply(library, layer, y), x);
  return { output, weights: new Map() };
};

const setWeights = (model: LayersModel, weights: ExportSource['weights']): void => {
  const values = model.weights.map(({ originalName }) => {
    const weight = weights.get(originalName.replace('/depthwise_kernel', '/kernel'));
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
export const exportLayersModel = async (source: ExportSource): Promise<LayersExport> => {
  const tfl = await import('@tensorflow/tfjs-layers');
  const { spec, frozen = null } = source;
  const inputShape = frozen?.inputShape ?? source.inputShape;
  const input = tfl.input({ shape: [...inputShape], name: 'input' });
  const below = frozen === null ? input : applyFrozen(tfl, frozen.layers, input);
  const features = spec.backbone.reduce((x, layer) => apply(tfl, layer, x), below);
  const { output, weights } = applyClassifier(tfl, spec.classifier, features, source);
  const model = tfl.model({ inputs: input, outputs: output, name: spec.kind });
  setWeights(model, new Map([...source.weights, ...weights]));
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
