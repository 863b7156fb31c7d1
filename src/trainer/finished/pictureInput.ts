import { LongtailError } from '../../common/errors';
import { at } from '../../methods/numbers';
import type { Backend } from '../backend/types';
import type { ImageShape } from '../data/image';
import { findBackbone } from '../pretrained/backbone';
import { createFeatureExtractor, type FeatureExtractor } from '../pretrained/extractor';
import { fromHalf, toHalf } from '../pretrained/half';
import type { FinishedModel } from './finishedModel';
import { networkOf } from './frozenNetwork';

/** How decoded pictures become what a model takes. */
export interface PictureInput {
  /** What pictures are decoded to. */
  readonly shape: ImageShape;
  /** Decoded pictures, one after the other → the model's inputs. */
  prepare(pixels: Uint8Array, count: number): Float32Array;
  dispose(): void;
}

type Input = FinishedModel['description']['input'];

const imageInput = (input: Extract<Input, { kind: 'image' }>): PictureInput => {
  const { height, width, channels, mean, deviation } = input;
  // The 256 standardised values that each channel can have, as in training.
  const table = Float32Array.from(
    { length: channels * 256 },
    (_, i) => ((i & 255) - (mean[i >> 8] ?? 0)) / (deviation[i >> 8] ?? 1),
  );
  return {
    shape: { height, width, channels },
    prepare: (pixels) =>
      Float32Array.from(pixels, (byte, i) => at(table, (i % channels) * 256 + byte)),
    dispose: () => undefined,
  };
};

type Network = NonNullable<Extract<Input, { kind: 'features' }>['network']>;

interface Where {
  readonly backend: Backend;
  readonly bundleFolder: string;
}

/** The frozen network below a model: out of its export, or where the run's config says. */
const openNetwork = async (
  { description, weights, frozen }: FinishedModel,
  network: Network,
  { backend, bundleFolder }: Where,
): Promise<FeatureExtractor> => {
  const { title } = description;
  if (network.layers !== null) {
    const own = networkOf(network, network.layers, weights);
    return createFeatureExtractor(backend.ops, own.net, own.weights);
  }
  if (frozen === null) throw new LongtailError('model/no-pictures', { title });
  const { model, configPath } = frozen;
  const backbone = await findBackbone(model, { configPath, bundleFolder });
  if (backbone.hash !== network.weights) {
    backbone.dispose();
    throw new LongtailError('model/other-network', { net: network.net, title });
  }
  const extractor = backbone.open(backend.ops);
  return {
    extract: (pixels, count, size) => extractor.extract(pixels, count, size),
    dispose: () => {
      extractor.dispose();
      backbone.dispose();
    },
  };
};

const featureInput = async (
  model: FinishedModel,
  { network, mean, deviation }: Extract<Input, { kind: 'features' }>,
  where: Where,
): Promise<PictureInput> => {
  if (network === null)
    throw new LongtailError('model/no-pictures', { title: model.description.title });
  if (where.backend.id === 'cpu') throw new LongtailError('train/cpu-conv', { model: network.net });
  const extractor = await openNetwork(model, network, where);
  const { height, width } = network;
  return {
    shape: { height, width, channels: 3, resample: 'bicubic' },
    prepare: (pixels, count) => {
      const made = extractor.extract(pixels, count, [height, width]);
      // Rounded as the cache of features rounds them: so they were trained on.
      const features = fromHalf(toHalf(made));
      const wide = mean.length;
      return features.map((value, i) => (value - at(mean, i % wide)) / at(deviation, i % wide));
    },
    dispose: () => extractor.dispose(),
  };
};

/**
 * What a model wants of pictures. Throws `model/no-pictures` for one that takes rows, and what
 * `findBackbone` throws.
 */
export const openPictureInput = async (
  model: FinishedModel,
  where: Where,
): Promise<PictureInput> => {
  const { input, title } = model.description;
  switch (input.kind) {
    case 'image':
      return imageInput(input);
    case 'features':
      return featureInput(model, input, where);
    case 'tabular':
    case 'text':
      throw new LongtailError('model/no-pictures', { title });
  }
};
