import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { decode } from 'fast-png';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../src/dataset/scan';
import { createRun } from '../../src/run/runStore';
import { runSession } from '../../src/trainer/session';
import { writeProblems } from './repeatProblems';
import { createBench, trainerPath, type Recipe } from './runs';

const ownWeights = join(
  process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
  'longtail/pretrained/efficientnet-lite0.ltw',
);
export const noWeights = existsSync(ownWeights)
  ? null
  : `skipped: ${ownWeights} is missing, node scripts/pretrained.mjs makes it`;

const optimizer = 'optimizer: { learningRate: 0.05, batchSize: 32 }';
const stage = (more: string): string => `{ name: s, epochs: 1, ${more}, ${optimizer} }`;
const plain = `{ name: train, epochs: 2, ${optimizer} }`;
const mlp = '{ kind: mlp, hidden: [16] }';
const second = (more: string): readonly string[] => [plain, stage(more)];

/** What a report can measure: every kind of network, head and correction, each on its dataset. */
export const cases: Readonly<
  Record<string, Recipe & { readonly on?: 'table' | 'labels' | 'texts' }>
> = {
  adjusted: {
    model: '{ kind: resnet-8, width: 4 }',
    posthoc: '{ kind: logit-adjustment, tau: 1.5 }',
  },
  branches: { model: '{ kind: bbn, width: 4 }' },
  convolutions: {
    model: '{ kind: small-cnn, width: 4 }',
    posthoc: '{ kind: thresholds, at: { a: 0.5, b: 0.2, c: 0.04 } }',
  },
  retrained: {
    model: mlp,
    stages: second('trainable: classifier, init: again, classifier: { kind: cosine, scale: 9 }'),
  },
  layered: { model: '{ kind: linear, classifier: { kind: mlp, hidden: [9] } }' },
  scaled: { model: mlp, stages: second('trainable: scale') },
  'scaled-norms': {
    model: mlp,
    stages: second('trainable: classifier-and-scale'),
    posthoc: '{ kind: tau-norm, tau: 0.7 }',
  },
  means: { model: mlp, posthoc: '{ kind: nearest-mean }' },
  distances: { model: mlp, posthoc: '{ kind: nearest-mean, variant: l2 }' },
  thresholds: {
    on: 'table',
    model: mlp,
    posthoc: '{ kind: thresholds, metric: f1 }',
    input: 'input: { kind: tabular }',
  },
  labels: {
    on: 'labels',
    model: mlp,
    stages: [stage('loss: { kind: sigmoid }')],
    posthoc: '{ kind: thresholds, metric: f1 }',
    input: 'input: { kind: tabular }',
  },
  ...(noWeights === null
    ? {
        pretrained: {
          model: '{ kind: pretrained, classifier: { kind: mlp, hidden: [8] } }',
          input: 'input: { size: [32, 32], augment: [] }',
        },
      }
    : {}),
  texts: {
    on: 'texts',
    model: '{ kind: linear }',
    input: 'input: { kind: text, text: { ngrams: 2, features: 256 } }',
  },
};

/** The rows of a CSV without quotes, by column. */
const rowsOf = (csv: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(csv, 'utf8').trim().split('\n');
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])),
  );
};

/** Samples of an index as the written code takes them. */
export const samplesOf = (
  dataset: string,
  on: string | undefined,
  rows: readonly number[],
): unknown[] => {
  if (on === undefined) {
    const index = scanDatasetSync(nodeFileSource, dataset);
    return rows.map((row) => {
      const { width, height, data } = decode(readFileSync(join(dataset, index.locator(row).path)));
      return { width, height, channels: 1, data: [...data] };
    });
  }
  const all = rowsOf(join(dataset, 'data.csv'));
  return rows.map((row) => (on === 'texts' ? all[row]?.['body'] : all[row]));
};

/** Samples as a file that has no labels, in another order of columns and with one nobody knows. */
export const withoutLabels = (samples: readonly unknown[], on: string): string =>
  samples
    .map((sample, i) =>
      JSON.stringify(
        on === 'texts'
          ? { id: i, body: sample }
          : Object.fromEntries(
              Object.entries({ id: i, ...(sample as object) })
                .filter(([column]) => column !== 'label')
                .reverse(),
            ),
      ),
    )
    .join('\n');

/** A trained run, and where its model is written. */
export interface Made {
  readonly folder: string;
  readonly out: string;
  readonly store: string;
  readonly dataset: string;
}

/** Trains a config in this process: starting one for each would take longer than all of the training. */
export const trainHere = async (
  root: string,
  name: string,
  { dataset, recipe }: { readonly dataset: string; readonly recipe: Recipe },
): Promise<Made> => {
  const bench = createBench(join(root, 'bench'), dataset);
  const configPath = bench.writeConfig(name, { stages: [plain], backend: 'wasm', ...recipe });
  const { folder } = createRun({
    ...{ store: bench.store, folder: join(root, 'runs', name), title: name },
    ...{ configPath, datasetRoot: dataset },
  });
  await runSession(
    {
      ...{ runFolder: folder, configPath, resume: false, baseline: 'skip' },
      ...{ storeFolder: bench.store, cacheFolder: bench.cacheFolder },
    },
    {
      shouldStop: () => false,
      breathe: () => Promise.resolve(),
      onAppend: () => undefined,
      bundleFolder: dirname(trainerPath),
    },
  );
  return { folder, store: bench.store, out: join(root, 'exports', name), dataset };
};

/** Trains every case. */
export const trainCases = async (root: string, made: Map<string, Made>): Promise<void> => {
  const problems = writeProblems(root);
  for (const [name, { on, ...recipe }] of Object.entries(cases)) {
    const dataset = on === undefined ? problems.pictures : problems[on];
    made.set(name, await trainHere(root, name, { dataset, recipe }));
  }
};
