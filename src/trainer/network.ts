import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../common/random';
import { lossTraits } from '../config/losses';
import type { RebalanceConfig } from '../config/schema';
import { runFiles } from '../protocol/runFiles';
import { writeAtomic } from './atomicFile';
import type { Ops } from './backend/types';
import type { TrainingData } from './data/trainingData';
import { modelSpec } from './models';
import { initialBias } from './models/initialBias';
import { createNetwork } from './models/network';
import type { NamedWeight, Network } from './models/types';
import { readNpz, writeNpz } from './npz';

const initialBiasFor = (
  { model, stages: [first] }: RebalanceConfig,
  data: TrainingData,
): Float32Array | null => {
  if (!('biasInit' in model) || model.biasInit !== 'prior' || first === undefined) return null;
  return initialBias({
    // The losses that take several labels an item are those of sigmoids.
    sigmoid: lossTraits(first.loss).multi !== null,
    counts: data.trainCounts,
    samples: data.split.train.length,
  });
};

/** The config's network for this data, with initial weights from the config's seed. */
export const createNetworkFor = (ops: Ops, config: RebalanceConfig, data: TrainingData): Network =>
  createNetwork(ops, modelSpec(config.model), {
    inputShape: data.input.shape,
    classes: data.classNames.length,
    seed: createRandom(config.seed, 'weights').nextInt(0x1_0000_0000),
    initialBias: initialBiasFor(config, data),
  });

const stageFile = (folder: string, stages: number): string =>
  join(folder, runFiles.model, `stage-${stages}.npz`);

const finalFile = (folder: string): string => join(folder, runFiles.model, 'weights.npz');

const writeWeights = (path: string, network: Network): void => {
  writeNpz(path, Object.fromEntries(network.getWeights()));
};

/** Keeps the weights after so many stages: a recipe that begins alike goes on from them. */
export const writeStageWeights = (folder: string, stages: number, network: Network): void => {
  writeWeights(stageFile(folder, stages), network);
};

/** Weights a run had after so many stages (`all`: at its end); null where they were not kept. */
export const readStageWeights = (
  folder: string,
  stages: number | 'all',
): ReadonlyMap<string, NamedWeight> | null => {
  const path = stages === 'all' ? finalFile(folder) : stageFile(folder, stages);
  if (!existsSync(path)) return null;
  const weights = new Map<string, NamedWeight>();
  for (const [name, { shape, values }] of readNpz(path))
    if (values instanceof Float32Array) weights.set(name, { shape, values });
  return weights;
};

/**
 * Writes `model/`: `weights.npz` (running statistics included) and `model.json` with the layers,
 * the classes in output order and how inputs are prepared: enough to use the model elsewhere.
 */
export const writeModel = (folder: string, network: Network, data: TrainingData): void => {
  writeWeights(finalFile(folder), network);
  const description = {
    schema: 'longtail.model/1',
    spec: network.spec,
    inputShape: network.inputShape,
    input: data.input.description,
    classNames: data.classNames,
  };
  writeAtomic(
    join(folder, runFiles.model, 'model.json'),
    `${JSON.stringify(description, null, 2)}\n`,
  );
};
