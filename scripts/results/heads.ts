// Heads on what plain training left: second stages start from the weights of the plain baseline in
// the store, so that the network is trained once a seed for all of them. And recipes trained whole
// without a baseline of their own. Called by run.mjs.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { configSchema } from '../../src/config/schema';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { Backend } from '../../src/trainer/backend/types';
import { loadTrainingData } from '../../src/trainer/data/trainingData';
import type { NamedWeight } from '../../src/trainer/models/types';
import { createNetworkFor } from '../../src/trainer/network';
import { readNpz } from '../../src/trainer/npz';
import { predictAll } from '../../src/trainer/predictions';
import { readReport } from '../../src/trainer/report';
import { readRecord } from '../../src/trainer/runFolder';
import { createScorer } from '../../src/trainer/score';
import { runStage, startOf } from '../../src/trainer/stages/runStage';
import { stageSeed } from '../../src/trainer/trainStages';

interface Job {
  /** As JSON; of a head, two stages, the first plain. */
  readonly config: string;
  /** Every stage is trained here: nothing is taken from the store. */
  readonly fresh: boolean;
  readonly run: string;
  readonly store: string;
  readonly cache: string;
  readonly workers: string;
}

/** The finished plain run of the same dataset, model, seed and first stage. */
const plainRun = (store: string, config: ReturnType<typeof configSchema.parse>): string | null => {
  const same = (other: typeof config): boolean =>
    JSON.stringify([other.dataset, other.model, other.stages, other.seed]) ===
    JSON.stringify([config.dataset, config.model, config.stages.slice(0, 1), config.seed]);
  const runs = join(store, 'runs');
  const folders = existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
  const found = folders.find((folder) => {
    const record = readRecord(folder);
    const report = record?.role === 'baseline' ? readReport(folder) : null;
    return report !== null && same(configSchema.parse(report.config));
  });
  return found ?? null;
};

const breathe = (): Promise<void> => Promise.resolve();

const weightsOf = (folder: string): ReadonlyMap<string, NamedWeight> => {
  const weights = new Map<string, NamedWeight>();
  for (const [name, { shape, values }] of readNpz(join(folder, 'model/weights.npz')))
    if (values instanceof Float32Array) weights.set(name, { shape, values });
  return weights;
};

const runJob = async (backend: Backend, job: Job): Promise<string> => {
  const { run, fresh, store, cache, workers } = job;
  const config = configSchema.parse(JSON.parse(job.config));
  const plain = fresh ? null : plainRun(store, config);
  if (plain === null && !fresh) return 'no plain run to start from';
  const data = await loadTrainingData({
    ...{ config, configPath: `${run}.yaml`, cacheFolder: cache, workerFolder: workers, backend },
    check: () => undefined,
    tick: () => undefined,
  });
  const { ops } = backend;
  const network = createNetworkFor(ops, config, data);
  try {
    if (plain !== null) network.setWeights(weightsOf(plain));
    const begun = performance.now();
    for (const [stage, own] of config.stages.entries()) {
      if (stage === 0 && plain !== null) continue;
      const seed = stageSeed(config.seed, stage);
      const { tailAugment } = config.input;
      const inputs = { ops, network, data, config: own, seed, stage, tailAugment, breathe };
      await runStage(inputs, startOf(stage), null, {
        onStep: () => undefined,
        onEpoch: () => undefined,
        shouldStop: () => false,
        checkpoint: () => undefined,
        checkpointDue: () => false,
      });
    }
    const seconds = (performance.now() - begun) / 1000;
    const { test } = await predictAll(network, ops, data, breathe);
    const scores = createScorer(config, data).score(test.logits, data.split.test);
    mkdirSync(run, { recursive: true });
    writeFileSync(join(run, 'report.json'), JSON.stringify({ scores, seconds }));
    return `trained, ${seconds.toFixed(0)} s, ${(scores.balancedAccuracy ?? NaN).toFixed(4)}`;
  } finally {
    network.dispose();
  }
};

const main = async (): Promise<void> => {
  const backend = await selectBackend('auto');
  for (const job of JSON.parse(readFileSync(0, 'utf8')) as readonly Job[]) {
    const outcome = await runJob(backend, job).catch((error: unknown) =>
      error instanceof Error ? error.message : 'failed',
    );
    process.stdout.write(`results: ${job.run}: ${outcome}\n`);
  }
};

void main();
