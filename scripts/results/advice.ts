// How good the first advice is: every recipe the rules can configure, trained on many small long
// tails, each with its own draw of the data. Prints one JSON line a (profile, seed). Called by
// advice.mjs, which bundles it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { plainConfig } from '../../src/config/defaults';
import type { RebalanceConfig } from '../../src/config/schema';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../src/dataset/scan';
import { profileDataset } from '../../src/profile/profile';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { Backend } from '../../src/trainer/backend/types';
import { loadTrainingData } from '../../src/trainer/data/trainingData';
import { adviceLine } from './adviceRecipes';

interface Job {
  readonly profile: string;
  readonly root: string;
  readonly seed: number;
  readonly cache: string;
  readonly workers: string;
}

/** The cheap network of these runs in place of the one for pictures; the rest is the user's config. */
const cheap = (config: RebalanceConfig): RebalanceConfig => ({
  ...config,
  input: { ...config.input, augment: [] },
  model: { kind: 'mlp', hidden: [64] },
  stages: config.stages.map((stage) => ({
    ...stage,
    epochs: stage.trainable === 'all' ? Math.max(2, Math.round(stage.epochs / 2)) : stage.epochs,
    optimizer: { ...stage.optimizer, learningRate: stage.optimizer.learningRate / 2 },
  })),
});

const runJob = async (backend: Backend, job: Job): Promise<Record<string, unknown>> => {
  const { root, seed, cache, workers } = job;
  const profile = profileDataset(scanDatasetSync(nodeFileSource, root));
  const plain = { ...plainConfig(profile, { root, imageSize: [28, 28], channels: 1 }), seed };
  const data = await loadTrainingData({
    config: cheap(plain),
    configPath: join(root, 'longtail.yaml'),
    cacheFolder: cache,
    workerFolder: workers,
    backend,
    check: () => undefined,
    tick: () => undefined,
  });
  const given = { profile, data, plain, adapt: cheap, ownNetwork: false };
  return { profile: job.profile, seed, ...(await adviceLine(backend.ops, given)) };
};

const main = async (): Promise<void> => {
  const jobs = JSON.parse(readFileSync(0, 'utf8')) as readonly Job[];
  const backend = await selectBackend('auto');
  for (const job of jobs) process.stdout.write(`${JSON.stringify(await runJob(backend, job))}\n`);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : ''}\n`);
  process.exitCode = 1;
});
