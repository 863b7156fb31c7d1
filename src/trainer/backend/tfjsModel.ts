import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Tensor } from './types';

/** A TensorFlow.js model as it was read from the disk. */
export interface StoredModel {
  /** A graph of operations, or layers as Keras knows them. */
  readonly isGraph: boolean;
  readonly modelTopology: Readonly<Record<string, unknown>>;
  /** Names, shapes and kinds of the weights, in the order of their numbers. */
  readonly specs: readonly unknown[];
  readonly weightData: ArrayBuffer;
}

/** A model up to one of its layers. */
export interface OpenedModel {
  /** Where the features are taken. */
  readonly layer: string;
  readonly width: number;
  /** Height and width the model wants; null where it takes any. */
  readonly size: readonly [number, number] | null;
  /** [B,H,W,3] → features [B,D], in inference mode; the caller frees them. */
  run(x: Tensor): Tensor;
  readonly dispose: () => void;
}

/** Why a model cannot be used: its layer, with those there are, or its pictures. */
export class ModelRefusal extends Error {
  constructor(
    readonly reason: 'layer' | 'input',
    readonly known: readonly string[],
  ) {
    super(reason);
  }
}

const handlerOf = (stored: StoredModel): tf.io.IOHandler => ({
  load: () =>
    Promise.resolve({
      modelTopology: stored.modelTopology,
      weightSpecs: stored.specs as tf.io.WeightsManifestEntry[],
      weightData: stored.weightData,
    }),
});

type Part = Pick<OpenedModel, 'layer' | 'run' | 'dispose'> & {
  /** Of the input, with the batch. */
  readonly shape: readonly (number | null)[] | null;
};

/** The name asked for, else the last one that pools; throws ModelRefusal. */
const choose = (
  wanted: string | undefined,
  all: readonly { readonly name: string; readonly pools: boolean }[],
): string => {
  const found =
    wanted === undefined
      ? all.findLast(({ pools }) => pools)
      : all.find((one) => one.name === wanted);
  if (found === undefined)
    throw new ModelRefusal(
      'layer',
      all.slice(-12).map(({ name }) => name),
    );
  return found.name;
};

const openLayers = async (stored: StoredModel, wanted: string | undefined): Promise<Part> => {
  const tfl = await import('@tensorflow/tfjs-layers');
  const whole: LayersModel = await tfl.loadLayersModel(handlerOf(stored));
  const named = whole.layers.map((layer) => ({
    name: layer.name,
    pools: layer.getClassName().includes('Pooling'),
  }));
  let layer: string;
  try {
    layer = choose(wanted, named);
  } catch (error) {
    whole.dispose();
    throw error;
  }
  const { output } = whole.getLayer(layer);
  if (Array.isArray(output)) throw new ModelRefusal('layer', []);
  const part = tfl.model({ inputs: whole.inputs, outputs: output });
  return {
    layer,
    shape: whole.inputs.length === 1 ? (whole.inputs[0]?.shape ?? null) : [],
    run: (x) => {
      const y = part.predictOnBatch(x);
      if (Array.isArray(y)) throw new ModelRefusal('layer', []);
      return y;
    },
    dispose: () => void whole.dispose(),
  };
};

interface GraphNode {
  readonly name: string;
  readonly op: string;
}

/** What pooling becomes in a graph; a global average is a mean. */
const poolingOps: readonly string[] = ['Mean', 'AvgPool', 'MaxPool'];

const openGraph = async (stored: StoredModel, wanted: string | undefined): Promise<Part> => {
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
  const nodes = stored.modelTopology['node'] as readonly GraphNode[];
  const steps = nodes.filter(({ op }) => op !== 'Const' && op !== 'Placeholder');
  const layer = choose(
    wanted,
    steps.map(({ name, op }) => ({ name, pools: poolingOps.includes(op) })),
  );
  const model = await loadGraphModel(handlerOf(stored));
  const [input, ...others] = model.inputs;
  return {
    layer,
    shape: others.length === 0 ? (input?.shape ?? null) : [],
    run: (x) => {
      const y = model.execute({ [input?.name ?? '']: x }, layer);
      if (Array.isArray(y)) throw new ModelRefusal('layer', []);
      return y;
    },
    dispose: () => {
      model.dispose();
    },
  };
};

/** Runs a load; where it fails, the weights it made are freed: the library keeps them. */
const loading = async <T>(load: () => Promise<T>): Promise<T> => {
  const { registeredVariables } = tf.engine();
  const before = new Set(Object.keys(registeredVariables));
  try {
    return await load();
  } catch (error) {
    for (const [name, variable] of Object.entries(registeredVariables))
      if (!before.has(name)) variable.dispose();
    throw error;
  }
};

/** What a layer gives as one row of features a picture: maps are averaged. */
const toRows = (y: tf.Tensor): tf.Tensor => {
  if (y.rank === 2) return y;
  if (y.rank === 4) return tf.mean(y, [1, 2]);
  throw new ModelRefusal('layer', []);
};

/** Any picture will do to find the width where the model takes any size. */
const trialSide = 64;

/**
 * Loads a model up to the layer named, else to its last pooling layer. Throws ModelRefusal for a
 * layer that is not there or gives neither rows nor maps, and where the model's input is not one
 * colour picture; otherwise what the library throws.
 */
export const openTfjsModel = async (
  stored: StoredModel,
  wanted: string | undefined,
): Promise<OpenedModel> => {
  const part = await loading(() => (stored.isGraph ? openGraph : openLayers)(stored, wanted));
  try {
    const [, height = null, width = null, channels = null] = part.shape ?? [];
    // -1 is what a graph says of a length it leaves open.
    const fixed = (length: number | null): length is number => length !== null && length > 0;
    if (part.shape !== null && (part.shape.length !== 4 || (fixed(channels) && channels !== 3)))
      throw new ModelRefusal('input', [part.shape.map((n) => n ?? '?').join('×')]);
    const size = fixed(height) && fixed(width) ? ([height, width] as const) : null;
    const run = (x: Tensor): Tensor => tf.tidy(() => toRows(part.run(x)));
    const features = tf.tidy(() => {
      const [h, w] = size ?? [trialSide, trialSide];
      return run(tf.zeros([1, h, w, 3])).shape[1] ?? 0;
    });
    return { layer: part.layer, width: features, size, run, dispose: part.dispose };
  } catch (error) {
    part.dispose();
    throw error;
  }
};
