import { dirname } from 'node:path';
import { LongtailError } from '../../common/errors';
import { resolvePath } from '../../config/paths';
import type { ModelConfig } from '../../config/schema';
import { ModelRefusal, openTfjsModel } from '../backend/tfjsModel';
import type { Ops } from '../backend/types';
import { createFeatureExtractor, inGroups, type FeatureExtractor } from './extractor';
import { findWeights, type WeightsSearch } from './findWeights';
import type { PretrainedNet } from './netTypes';
import { readTfjsModel } from './tfjsFiles';
import { imageNetColours } from './torchvision';

type PretrainedConfig = Extract<ModelConfig, { kind: 'pretrained' }>;
type Colours = PretrainedNet['input'];

/** A frozen network that a config names, wherever it comes from. */
export interface Backbone {
  readonly id: string;
  /** Of everything that decides the features of a picture. */
  readonly hash: string;
  readonly width: number;
  readonly input: Colours;
  /** Height and width it wants; null where it takes any. */
  readonly size: readonly [number, number] | null;
  open(ops: Ops): FeatureExtractor;
  dispose(): void;
}

const same = (mean: number, deviation: number): Colours => ({
  mean: [mean, mean, mean],
  deviation: [deviation, deviation, deviation],
});

/** Numbers a network of another program was trained on, from bytes. */
const scales: Readonly<Record<NonNullable<PretrainedConfig['scale']>, Colours>> = {
  '0..255': same(0, 1),
  '0..1': same(0, 255),
  '-1..1': same(127.5, 127.5),
  imagenet: imageNetColours,
};

const openTfjs = async (model: PretrainedConfig, configPath: string): Promise<Backbone> => {
  const { weights = '', layer, scale = '0..255' } = model;
  const path = resolvePath(dirname(configPath), weights);
  const { model: stored, hash } = readTfjsModel(path);
  try {
    const opened = await openTfjsModel(stored, layer);
    const { width, size } = opened;
    const input = scales[scale];
    return {
      ...{ id: 'tfjs', hash: `${hash} ${opened.layer} ${scale}`, width, size, input },
      open: (ops) => ({
        extract: inGroups(ops, { width, input }, () => (x) => opened.run(x)),
        dispose: () => undefined,
      }),
      dispose: opened.dispose,
    };
  } catch (error) {
    if (error instanceof ModelRefusal) {
      const params = { path, layer: layer ?? '', known: error.known };
      throw new LongtailError(`pretrained/tfjs-${error.reason}`, params, { cause: error });
    }
    const what = error instanceof Error ? error.message : String(error);
    throw new LongtailError('pretrained/tfjs-file', { path, what }, { cause: error });
  }
};

/**
 * The network of a config: a listed one with its own weights or those of a state dict, or a
 * TensorFlow.js model by path. A backend must have started. Throws what `findWeights` and
 * `readTfjsModel` throw, `pretrained/tfjs-layer` and `pretrained/tfjs-input`.
 */
export const findBackbone = async (
  model: PretrainedConfig,
  search: WeightsSearch,
): Promise<Backbone> => {
  const { net: id, weights: given } = model;
  if (id === 'tfjs') return openTfjs(model, search.configPath);
  const { net, weights, hash } = findWeights({ net: id, weights: given }, search);
  return {
    ...{ id, hash, width: net.width, input: net.input, size: null },
    open: (ops) => createFeatureExtractor(ops, net, weights),
    dispose: () => undefined,
  };
};
