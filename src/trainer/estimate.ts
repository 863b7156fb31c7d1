import type { RebalanceConfig } from '../config/schema';
import type { Ops } from './backend/types';
import type { TrainingData } from './data/trainingData';
import { createNetworkFor } from './network';
import { createObjective } from './losses';
import { createSgd } from './models/optimizer';
import { stages } from './stages';
import { batchStarts } from './stages/steps';

const untimed = 2;
const timed = 3;

/** Seconds of one training step of the whole network, the median of a few on a throw-away network. */
const secondsPerStep = async (
  ops: Ops,
  config: RebalanceConfig,
  data: TrainingData,
  breathe: () => Promise<void>,
): Promise<number> => {
  const [stage] = config.stages;
  if (stage === undefined) return 0;
  const network = createNetworkFor(ops, config, data);
  const objective = createObjective(
    { loss: stage.loss },
    { counts: data.trainCounts, samples: data.split.train.length, logitScale: 1 },
  );
  const optimizer = createSgd(ops, network, stage.optimizer);
  const inputs = { ops, network, data, config: stage, seed: 0, stage: 0, breathe };
  const work = await stages.all(inputs);
  const size = batchStarts(data.split.train.length, stage.optimizer.batchSize)[1] ?? 1;
  const positions = Uint32Array.from({ length: size }, (_, i) => i);
  const times: number[] = [];
  for (let i = 0; i < untimed + timed; i++) {
    const begun = performance.now();
    optimizer.step(work.step(positions, objective, { epoch: 0, at: 0 }).gradients, 0);
    times.push((performance.now() - begun) / 1000);
    await breathe();
  }
  work.dispose();
  optimizer.dispose();
  network.dispose();
  return times.slice(untimed).sort((a, b) => a - b)[1] ?? 0;
};

/**
 * Seconds that `steps` training steps will take here, from a few steps made for it. Steps of a
 * classifier alone cost next to nothing and should be left out by the caller.
 */
export const estimateSeconds = async (
  ops: Ops,
  config: RebalanceConfig,
  data: TrainingData,
  { steps, breathe }: { readonly steps: number; readonly breathe: () => Promise<void> },
): Promise<number> => (await secondsPerStep(ops, config, data, breathe)) * steps;
