import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presetNamed } from '../../src/config/presets';
import { configSchema, type RebalanceConfig } from '../../src/config/schema';
import { serializeConfig } from '../../src/config/serialize';
import type { TrainerEvent } from '../../src/protocol/trainer';
import type { RunReport } from '../../src/report/types';
import { readEvents, readRun } from '../../src/run/runStore';
import type { BackendId } from '../../src/trainer/backend/types';
import { readNpz } from '../../src/trainer/npz';
import { createBench, lasting, reportOf, type Bench } from './runs';
import { writeTinyDataset } from './tinyDataset';

/** Where a run is killed: after some epochs of a stage, or where the stage begins. */
interface Place {
  readonly stage: string;
  readonly kind: 'checkpoint' | 'stage/start';
}

interface Case {
  readonly name: string;
  readonly config: RebalanceConfig;
  readonly at: Place;
}

/** Epochs of the stage that is killed: it lasts until the signal is there. Of a head, and of a whole network. */
const lasts = { head: 100, network: 20 };

/**
 * Runs that are more than one network's plain weights, killed in the middle of a stage and between
 * two: they go on to the report, the predictions and the weights of a run that nobody touched.
 */
export const killContract = (backend: BackendId): void => {
  const root = mkdtempSync(join(tmpdir(), `longtail-kill-${backend}-`));
  let bench: Bench;
  beforeAll(() => {
    bench = createBench(join(root, 'bench'), '');
    writeTinyDataset(join(root, 'data'));
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  const model = backend === 'cpu' ? { kind: 'mlp', hidden: [12] } : { kind: 'resnet-8', width: 4 };
  const plain = configSchema.parse({
    ...{ version: 1, seed: 3, backend, dataset: { root: join(root, 'data') }, model },
    input: { augment: ['crop'] },
    stages: [{ name: 'train', epochs: 3, optimizer: { learningRate: 0.05, batchSize: 32 } }],
  });
  const facts = { classes: 4, ratio: 15 };
  const after = (own: object): RebalanceConfig =>
    configSchema.parse({
      ...plain,
      stages: [
        ...plain.stages,
        {
          ...{ name: 'second', epochs: lasts.head, sampler: { kind: 'class-balanced' } },
          ...{ optimizer: { learningRate: 0.05, batchSize: 32 }, ...own },
        },
      ],
    });
  const mislas = presetNamed('mislas').apply(plain, facts);
  const withEpochs = (config: RebalanceConfig, name: string, epochs: number): RebalanceConfig => ({
    ...config,
    stages: config.stages.map((stage) => (stage.name === name ? { ...stage, epochs } : stage)),
  });
  const smoothing = withEpochs(mislas, 'smoothing', lasts.head);
  const scale = after({ trainable: 'scale' });
  const head = after({ trainable: 'classifier', classifier: { kind: 'mlp', hidden: [8] } });
  const inside: Place = { stage: 'second', kind: 'checkpoint' };
  const between: Place = { stage: 'second', kind: 'stage/start' };
  const cases: readonly Case[] = [
    ...(backend === 'cpu'
      ? []
      : [
          {
            name: 'two branches',
            config: presetNamed('bbn').apply(withEpochs(plain, 'train', lasts.network), facts),
            at: { stage: 'train', kind: 'checkpoint' } as const,
          },
        ]),
    { name: 'weight scaling', config: scale, at: inside },
    { name: 'weight scaling, before it', config: scale, at: between },
    {
      name: 'a cosine classifier in place of the first',
      config: after({ trainable: 'classifier', classifier: { kind: 'cosine' } }),
      at: inside,
    },
    { name: 'a perceptron in place of the classifier', config: head, at: inside },
    { name: 'a perceptron, before it', config: head, at: between },
    {
      name: 'MiSLAS in its second stage',
      config: smoothing,
      at: { stage: 'smoothing', kind: 'checkpoint' },
    },
    {
      name: 'MiSLAS between its stages',
      config: smoothing,
      at: { stage: 'smoothing', kind: 'stage/start' },
    },
  ];

  /** Runs that nobody touches, one a config: some are killed in two places. */
  const kept = new Map<RebalanceConfig, { readonly folder: string; readonly report: RunReport }>();
  const untouched = async (path: string, config: RebalanceConfig) => {
    const found = kept.get(config);
    if (found !== undefined) return found;
    const run = bench.start(path, { baseline: 'skip' });
    const whole = { folder: run.folder, report: reportOf(await run.finished) };
    kept.set(config, whole);
    return whole;
  };

  const isAt = (event: TrainerEvent, { stage, kind }: Place): boolean =>
    event.kind === kind &&
    event.stage === stage &&
    // The event comes before its file: from the second on the first one's is there.
    (event.kind !== 'checkpoint' || event.epoch > 1);

  describe(`killed on ${backend}`, () => {
    for (const { name, config, at } of cases)
      it(`goes on to the same end: ${name}`, async () => {
        const path = join(bench.folder, 'longtail.yaml');
        writeFileSync(path, serializeConfig(config));
        const whole = await untouched(path, config);
        const cut = bench.start(path, {
          baseline: 'skip',
          onEvent: (event) => {
            const pid = readRun(cut.folder)?.record.pid;
            if (isAt(event, at) && typeof pid === 'number') process.kill(pid, 'SIGKILL');
          },
        });
        expect(await cut.finished).toMatchObject({ error: { code: 'run/killed' } });
        const resumed = bench.start(path, {
          ...{ baseline: 'skip', resume: true, runFolder: cut.folder },
        });
        expect(lasting(reportOf(await resumed.finished))).toEqual(lasting(whole.report));
        const live = readEvents(cut.folder);
        expect(new Set(live.map(({ attempt }) => attempt))).toEqual(new Set([1, 2]));
        for (const file of ['predictions/test.npz', 'model/weights.npz'])
          expect(readNpz(join(cut.folder, file))).toEqual(readNpz(join(whole.folder, file)));
      });
  });
};
