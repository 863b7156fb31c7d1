// How good the first advice is: every recipe the rules can configure, trained on many small long
// tails, each with its own draw of the data. Prints one JSON line a (profile, seed).
//
// Called by advice.mjs, which bundles it: it works with the trainer's own parts in one process, so
// that hundreds of runs fit in minutes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { plainConfig } from '../../src/config/defaults';
import { applyPatch } from '../../src/config/patch';
import type { RebalanceConfig } from '../../src/config/schema';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../src/dataset/scan';
import { profileDataset } from '../../src/profile/profile';
import { ruleFactsOf } from '../../src/recommend/facts';
import { recommend } from '../../src/recommend/recommend';
import { rules } from '../../src/recommend/rules';
import { situationOf } from '../../src/recommend/situations';
import type { Deployment } from '../../src/recommend/types';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { Backend, Ops } from '../../src/trainer/backend/types';
import { loadTrainingData, type TrainingData } from '../../src/trainer/data/trainingData';
import { createNetworkFor } from '../../src/trainer/network';
import { correct } from '../../src/trainer/posthoc';
import { createScorer } from '../../src/trainer/score';
import { predictAll, type Predictions } from '../../src/trainer/predictions';
import { runStage, startOf } from '../../src/trainer/stages/runStage';
import { stageSeed } from '../../src/trainer/trainStages';
import { predictRows } from '../../src/methods/posthoc';

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

const breathe = (): Promise<void> => Promise.resolve();

const train = async (ops: Ops, config: RebalanceConfig, data: TrainingData, known: Known) => {
  const network = createNetworkFor(ops, config, data);
  try {
    for (const [index, stage] of config.stages.entries()) {
      // Draws follow from seed and place: what begins alike is trained once.
      const key = JSON.stringify(config.stages.slice(0, index + 1));
      const before = known.weights.get(key);
      if (before !== undefined) {
        network.setWeights(before);
        continue;
      }
      const seed = stageSeed(config.seed, index);
      const inputs = { ops, network, data, config: stage, seed, stage: index, breathe };
      await runStage(inputs, startOf(index), null, {
        onStep: () => undefined,
        onEpoch: () => undefined,
        shouldStop: () => false,
        checkpoint: () => undefined,
        checkpointDue: () => false,
      });
      known.weights.set(key, network.getWeights());
    }
    return await predictAll(network, ops, data, breathe);
  } finally {
    network.dispose();
  }
};

interface Known {
  readonly weights: Map<string, ReturnType<ReturnType<typeof createNetworkFor>['getWeights']>>;
  readonly predictions: Map<string, Predictions>;
}

/** Predicted class of every test row under a config, as digits of a string. */
const predicted = async (
  ops: Ops,
  config: RebalanceConfig,
  data: TrainingData,
  known: Known,
): Promise<string> => {
  const key = JSON.stringify(config.stages);
  const predictions = known.predictions.get(key) ?? (await train(ops, config, data, known));
  known.predictions.set(key, predictions);
  const scorer = createScorer(config, data);
  const { test } = correct(config, data, predictions, scorer);
  const { logits } = scorer.split(test, data.split.test);
  return [...predictRows(Float64Array.from(logits), data.classNames.length)].join('');
};

const worlds: readonly Deployment[] = [{ kind: 'uniform' }, { kind: 'as-trained' }];

const runJob = async (backend: Backend, job: Job): Promise<Record<string, unknown>> => {
  const { ops } = backend;
  const { root, seed, cache, workers } = job;
  const profile = profileDataset(scanDatasetSync(nodeFileSource, root));
  const plain = { ...plainConfig(profile, { root, imageSize: [28, 28], channels: 1 }), seed };
  const facts = ruleFactsOf(profile);
  const data = await loadTrainingData({
    config: cheap(plain),
    configPath: join(root, 'longtail.yaml'),
    cacheFolder: cache,
    workerFolder: workers,
    backend,
    check: () => undefined,
    tick: () => undefined,
  });
  const known: Known = { weights: new Map(), predictions: new Map() };
  const out: Record<string, unknown>[] = [];
  for (const deployment of worlds) {
    const goals = { deployment };
    const world = deployment.kind;
    const situation = situationOf(facts, goals, world);
    const items = recommend(profile, goals).items;
    const first = items.find(({ patch }) => patch !== null);
    const recipes: Record<string, string> = { plain: '' };
    recipes['plain'] = await predicted(ops, cheap(plain), data, known);
    for (const rule of rules) {
      // What the rule would change, whether or not it is given here.
      const given = { facts, goals, world, situation };
      const patch =
        items.find(({ id }) => id === rule.id)?.patch ?? rule.patch(given, plain) ?? null;
      // A recipe with a network of its own is no recipe for this one.
      if (patch === null || 'model' in patch) continue;
      const config = cheap(applyPatch(plain, patch));
      const same = JSON.stringify([config.stages, config.posthoc]);
      if (same === JSON.stringify([cheap(plain).stages, plain.posthoc])) continue;
      recipes[rule.id] = await predicted(ops, config, data, known);
    }
    const advised = first === undefined || first.id === 'leave-alone' ? 'plain' : first.id;
    out.push({ world, situation, advised, all: items.map(({ id }) => id), recipes });
  }
  return {
    profile: job.profile,
    seed,
    counts: data.bandCounts,
    labels: [...data.split.test].map((row) => data.classOf[row] ?? 0).join(''),
    worlds: out,
  };
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
