import { LongtailError } from '../../common/errors';
import { at } from '../../methods/numbers';
import type { Backend } from '../backend/types';
import type { ImageShape } from '../data/image';
import { findBackbone } from '../pretrained/backbone';
import { fromHalf, toHalf } from '../pretrained/half';
import type { FinishedModel } from './finishedModel';

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

const featureInput = async (
  { description, frozen }: FinishedModel,
  input: Extract<Input, { kind: 'features' }>,
  { backend, bundleFolder }: { readonly backend: Backend; readonly bundleFolder: string },
): Promise<PictureInput> => {
  const { network, mean, deviation } = input;
  const { title } = description;
  if (network === null || frozen === null) throw new LongtailError('model/no-pictures', { title });
  if (backend.id === 'cpu') throw new LongtailError('train/cpu-conv', { model: network.net });
  const backbone = await findBackbone(frozen.model, {
    configPath: frozen.configPath,
    bundleFolder,
  });
  if (backbone.hash !== network.weights) {
    backbone.dispose();
    throw new LongtailError('model/other-network', { net: network.net, title });
  }
  const extractor = backbone.open(backend.ops);
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
    dispose: () => {
      extractor.dispose();
      backbone.dispose();
    },
  };
};

/**
 * What a model wants of pictures. Throws `model/no-pictures` for one that takes rows, and what
 * `findBackbone` throws.
 */
export const openPictureInput = async (
  model: FinishedModel,
  where: { readonly backend: Backend; readonly bundleFolder: string },
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
