import { join } from 'node:path';
import { createRandom } from '../common/random';
import type { RebalanceConfig } from '../config/schema';
import { runFiles } from '../protocol/runFiles';
import { writeAtomic } from './atomicFile';
import type { Ops } from './backend/types';
import type { TrainingData } from './data/trainingData';
import { modelSpec } from './models';
import { createNetwork } from './models/network';
import type { Network } from './models/types';
import { writeNpz } from './npz';

/** The config's network for this data, with initial weights from the config's seed. */
export const createNetworkFor = (ops: Ops, config: RebalanceConfig, data: TrainingData): Network =>
  createNetwork(ops, modelSpec(config.model), {
    inputShape: data.input.shape,
    classes: data.classNames.length,
    seed: createRandom(config.seed, 'weights').nextInt(0x1_0000_0000),
  });

/**
 * Writes `model/`: `weights.npz` (running statistics included) and `model.json` with the layers,
 * the classes in output order and how inputs are prepared: enough to use the model elsewhere.
 */
export const writeModel = (folder: string, network: Network, data: TrainingData): void => {
  writeNpz(
    join(folder, runFiles.model, 'weights.npz'),
    Object.fromEntries([...network.getWeights()].map(([name, weight]) => [name, weight])),
  );
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
