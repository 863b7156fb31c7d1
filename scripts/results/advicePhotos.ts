// How good the first advice is on photos: heads on features of the frozen pretrained network, for
// long tails cut from CIFAR-10-LT. Prints one JSON line a (profile, seed). Called by advice.mjs,
// which bundles it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createRandom, shuffle } from '../../src/common/random';
import { plainConfig } from '../../src/config/defaults';
import { configSchema, type RebalanceConfig } from '../../src/config/schema';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../src/dataset/scan';
import { profileDataset } from '../../src/profile/profile';
import type { LongTailProfile } from '../../src/profile/types';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { Backend } from '../../src/trainer/backend/types';
import { makeSplit } from '../../src/trainer/data/split';
import { loadTrainingData, type TrainingData } from '../../src/trainer/data/trainingData';
import { createFeatureInput } from '../../src/trainer/pretrained/featureInput';
import { toHalf } from '../../src/trainer/pretrained/half';
import { adviceLine } from './adviceRecipes';

interface Given {
  /** CIFAR-10-LT as train/<class>/ and test/<class>/. */
  readonly root: string;
  readonly cache: string;
  readonly workers: string;
  readonly jobs: readonly {
    readonly profile: string;
    readonly seed: number;
    /** Training pictures of each class, in the order of the names. */
    readonly counts: readonly number[];
  }[];
}

/** The test pictures of a class from this place on test; those before it join the training ones. */
const testFrom = 500;

/** What the rule `frozen-backbone` makes of a config, whatever its loss and sampler. */
const frozen = (config: RebalanceConfig): RebalanceConfig => ({
  ...config,
  input: { kind: 'image', size: [128, 128], channels: 3, augment: [] },
  model: { kind: 'pretrained', net: 'efficientnet-lite0' },
  stages: config.stages.map((stage) => ({
    ...stage,
    optimizer: {
      ...stage.optimizer,
      learningRate: Number(((0.01 * stage.optimizer.batchSize) / 128).toPrecision(3)),
      ...{ nesterov: false, weightDecay: 5e-4, schedule: 'constant', warmupEpochs: 0 },
    },
  })),
});

/** The profile of the whole set with other counts. */
const withCounts = (
  profile: LongTailProfile,
  train: readonly number[],
  test: number,
): LongTailProfile => {
  const classes = profile.classes.map((one, j) => {
    const own = train[j] ?? 0;
    return { ...one, count: own + test, splits: { train: own, test } };
  });
  const total = train.reduce((sum, n) => sum + n, 0);
  const held = test * train.length;
  return {
    ...profile,
    samples: total + held,
    classes,
    splits: {
      train: { samples: total, labels: total },
      test: { samples: held, labels: held },
    },
  };
};

/** So many pictures of each class, drawn by the seed, as training data of their own. */
const cut = (
  whole: TrainingData,
  counts: readonly number[],
  { config, seed }: { readonly config: RebalanceConfig; readonly seed: number },
): TrainingData => {
  const classOf = new Int32Array(whole.samples).fill(-1);
  const splitOf = new Uint8Array(whole.samples);
  counts.forEach((count, j) => {
    const own = (rows: Uint32Array): number[] =>
      [...rows].filter((row) => whole.classOf[row] === j);
    const test = own(whole.split.test);
    const pool = Uint32Array.from([...own(whole.split.train), ...test.slice(0, testFrom)]);
    if (pool.length < count) throw new RangeError(`class ${j} has ${pool.length} of ${count}`);
    shuffle(pool, createRandom(seed, 'advice', j));
    for (const row of pool.subarray(0, count)) classOf[row] = j;
    for (const row of test.slice(testFrom)) {
      classOf[row] = j;
      splitOf[row] = 1;
    }
  });
  const { classNames } = whole;
  const splitNames = ['train', 'test'];
  const wanted = config.dataset.splits;
  const split = makeSplit({ classOf, classNames, splitOf, splitNames, wanted, seed });
  const rows = Uint32Array.from([...split.train, ...split.validation, ...split.test]);
  const slotOf = new Int32Array(whole.samples);
  rows.forEach((row, slot) => {
    slotOf[row] = slot;
  });
  const trainCounts = counts.map(() => 0);
  for (const row of split.train) {
    const j = classOf[row] ?? 0;
    trainCounts[j] = (trainCounts[j] ?? 0) + 1;
  }
  const input = createFeatureInput({
    halves: toHalf(whole.input.batch(rows, null)),
    width: whole.input.shape[0] ?? 0,
    ...{ copies: 1, slotOf, trainRows: split.train, key: 'advice', description: {} },
  });
  return { ...whole, classOf, split, bandCounts: counts, trainCounts, input };
};

const main = async (): Promise<void> => {
  const { root, cache, workers, jobs } = JSON.parse(readFileSync(0, 'utf8')) as Given;
  const backend: Backend = await selectBackend('auto');
  const profile = profileDataset(scanDatasetSync(nodeFileSource, root));
  const base = plainConfig(profile, { root, imageSize: [32, 32], channels: 3 });
  const splits = { ...base.dataset.splits, validation: 'none' as const };
  const whole = await loadTrainingData({
    config: configSchema.parse(frozen({ ...base, dataset: { ...base.dataset, splits } })),
    configPath: join(root, 'longtail.yaml'),
    ...{ cacheFolder: cache, workerFolder: workers, backend },
    check: () => undefined,
    tick: () => undefined,
  });
  for (const { profile: id, seed, counts } of jobs) {
    const own = withCounts(profile, counts, testFrom);
    const plain = { ...plainConfig(own, { root, imageSize: [32, 32], channels: 3 }), seed };
    const data = cut(whole, counts, { config: plain, seed });
    const given = { profile: own, data, plain, adapt: frozen, ownNetwork: true };
    const line = await adviceLine(backend.ops, given);
    process.stdout.write(`${JSON.stringify({ profile: id, seed, ...line })}\n`);
  }
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : ''}\n`);
  process.exitCode = 1;
});
