import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import { mixingSchema, mixingTraits } from '../../src/config/mixing';
import { stageSchema, type StageConfig } from '../../src/config/schema';
import { mixTargets } from '../../src/methods/mixing';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendId, Ops, Tensor } from '../../src/trainer/backend/types';
import type { TrainingData } from '../../src/trainer/data/trainingData';
import { createObjective } from '../../src/trainer/losses';
import { createMixer, mixValues, type BatchMixing } from '../../src/trainer/mixing';
import { mixedFeatureGradients } from '../../src/trainer/mixing/features';
import { modelSpec } from '../../src/trainer/models';
import { createNetwork } from '../../src/trainer/models/network';
import { lossGradient } from '../../src/trainer/stages/lossGradient';
import { runStage, startOf } from '../../src/trainer/stages/runStage';

interface MixCase {
  readonly id: string;
  readonly kind: string;
  readonly input: {
    readonly batch: string;
    readonly lam: number;
    readonly permutation: readonly number[];
    readonly x: readonly (readonly number[])[];
    readonly kappa?: number;
    readonly tau?: number;
  };
  readonly expected: {
    readonly mixedX: readonly (readonly number[])[];
    readonly lambdaY: readonly number[] | number;
    readonly targets: readonly (readonly number[])[];
    readonly mean: number;
    readonly grad: readonly (readonly number[])[];
  };
}
interface GoldenFile {
  readonly tolerance: { readonly float32: { readonly abs: number; readonly rel: number } };
  readonly batches: Readonly<
    Record<
      string,
      {
        readonly counts: readonly number[];
        readonly labels: readonly number[];
        readonly logits: readonly (readonly number[])[];
      }
    >
  >;
  readonly cases: readonly MixCase[];
}

const folder = process.env['GOLDEN_DIR'] ?? join(import.meta.dirname, '../fixtures/golden');
const golden = JSON.parse(readFileSync(join(folder, 'mixup.json'), 'utf8')) as GoldenFile;
const cases = golden.cases.filter(({ kind }) => kind === 'mixup' || kind === 'remix');

const counts = [40, 12, 4];
const width = 5;
const classes = counts.length;

/** Rows of numbers around a centre of their class. */
const makeData = (): TrainingData => {
  const labels = counts.flatMap((n, label) => new Array<number>(n).fill(label));
  const random = createRandom(1, 'rows');
  const values = labels.map((label) =>
    Float32Array.from({ length: width }, (_, i) => random.nextNormal() + (i === label ? 2 : 0)),
  );
  return {
    root: '',
    fingerprint: '',
    samples: labels.length,
    classNames: ['a', 'b', 'c'],
    task: 'single-label',
    classOf: Int32Array.from(labels),
    multi: null,
    split: {
      train: Uint32Array.from(labels.keys()),
      validation: new Uint32Array(),
      test: new Uint32Array(),
      scoredSplit: 'test',
    },
    bandCounts: counts,
    trainCounts: counts,
    input: {
      shape: [width],
      description: {},
      batch: (rows) => Float32Array.from([...rows].flatMap((row) => [...values[row]!])),
    },
    issues: [],
  };
};

/** Mixing and deferred schedules on one backend. */
export const mixingContract = (backend: BackendId): void => {
  let ops: Ops;
  beforeAll(async () => {
    ({ ops } = await selectBackend(backend));
  });
  const near = (got: number, wanted: number): void => {
    const { abs, rel } = golden.tolerance.float32;
    expect(Math.abs(got - wanted)).toBeLessThanOrEqual(abs + rel * Math.abs(wanted));
  };
  const network = () =>
    createNetwork(ops, modelSpec({ kind: 'mlp', hidden: [6] }), {
      inputShape: [width],
      classes,
      seed: 3,
    });

  /** Weights that a stage ends with. */
  const train = async (more: object): Promise<ReadonlyMap<string, unknown>> => {
    const config: StageConfig = stageSchema.parse({
      name: 's',
      epochs: 4,
      optimizer: { learningRate: 0.1, batchSize: 16 },
      ...more,
    });
    const start = ops.memory().tensors;
    const net = network();
    const during: number[] = [];
    await runStage(
      {
        ops,
        network: net,
        data: makeData(),
        config,
        seed: 5,
        stage: 0,
        breathe: () => Promise.resolve(),
      },
      startOf(0),
      null,
      {
        onStep: () => during.push(ops.memory().tensors),
        onEpoch: () => undefined,
        shouldStop: () => false,
        checkpoint: () => undefined,
        checkpointDue: () => false,
      },
    );
    expect(new Set(during.slice(1)).size).toBe(1);
    const weights = new Map(
      [...net.getWeights()].map(([name, { values }]) => [name, [...values]] as const),
    );
    net.dispose();
    expect(ops.memory().tensors).toBe(start);
    return weights;
  };

  describe(`mixing on ${backend}`, () => {
    it.each(cases.map((one) => [one.id, one] as const))('%s', (_, { input, kind, expected }) => {
      const batch = golden.batches[input.batch]!;
      const settings = kind === 'remix' ? { kappa: input.kappa, tau: input.tau } : {};
      const traits = mixingTraits(mixingSchema.parse({ kind, ...settings }));
      const countOf = (item: number): number => batch.counts[batch.labels[item]!]!;
      const mixing: BatchMixing = {
        lambda: input.lam,
        partners: Uint32Array.from(input.permutation),
        factors: Float64Array.from(input.permutation, (partner, i) =>
          traits.labelFactor(countOf(i), countOf(partner), input.lam),
        ),
      };
      const mixed = mixValues(Float32Array.from(input.x.flat()), mixing);
      expected.mixedX.flat().forEach((value, i) => near(mixed[i]!, value));
      const labels = Int32Array.from(batch.labels);
      const targets = mixTargets(labels, batch.counts.length, mixing.partners, mixing.factors);
      expected.targets.flat().forEach((value, i) => near(targets[i]!, value));
      const z = ops.tensor(batch.logits.flat(), [labels.length, batch.counts.length]);
      const objective = createObjective(
        { loss: { kind: 'cross-entropy' } },
        { counts: batch.counts, samples: 1, logitScale: 1 },
      );
      const truth = { labels, targets: null, mixed: mixing };
      const { lossSum, dLogits } = lossGradient(ops, objective, z, { truth, epoch: 0 });
      near(lossSum / labels.length, expected.mean);
      const gradient = ops.read(dLogits);
      expected.grad.flat().forEach((value, i) => near(gradient[i]!, value));
      ops.dispose(z, dLogits);
    });

    it('draws its mixing by seed and place, a permutation with a factor each', () => {
      const mixer = createMixer({ mixing: { kind: 'mixup', alpha: 1 } }, { seed: 1, counts });
      const labels = Int32Array.of(0, 1, 2, 0, 1, 0);
      const drawn = mixer.draw(labels, { epoch: 2, at: 16 })!;
      expect(mixer.draw(labels, { epoch: 2, at: 16 })).toEqual(drawn);
      expect(mixer.draw(labels, { epoch: 2, at: 22 })).not.toEqual(drawn);
      expect([...drawn.partners].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      expect(new Set(drawn.factors)).toEqual(new Set([drawn.lambda]));
    });

    it('sends gradients back through mixed features', () => {
      const before = ops.memory().tensors;
      const net = network();
      const labels = Int32Array.of(0, 1, 2, 0);
      const mixing: BatchMixing = {
        lambda: 0.3,
        partners: Uint32Array.of(2, 0, 3, 1),
        factors: new Float64Array(4).fill(0.3),
      };
      const objective = createObjective(
        { loss: { kind: 'cross-entropy' } },
        { counts, samples: 56, logitScale: 1 },
      );
      const random = createRandom(4, 'x');
      const values = Float32Array.from({ length: 4 * width }, () => random.nextNormal());
      const x = ops.tensor(values, [4, width]);
      const run = () =>
        mixedFeatureGradients(ops, net, { x, mixing }, (logits: Tensor) => {
          const truth = { labels, targets: null, mixed: mixing };
          const made = lossGradient(ops, objective, logits, { truth, epoch: 0 });
          return { dLogits: made.dLogits, result: made.lossSum / 4 };
        });
      const { gradients } = run();
      const analytic = new Map([...gradients].map(([name, g]) => [name, ops.read(g)]));
      ops.dispose(...gradients.values());
      const h = 1e-2;
      const lossWith = (name: string, at: number, by: number): number => {
        const weights = new Map(net.getWeights());
        const own = weights.get(name)!;
        const moved = own.values.slice();
        moved[at] = moved[at]! + by;
        net.setWeights(weights.set(name, { ...own, values: moved }));
        const made = run();
        ops.dispose(...made.gradients.values());
        moved[at] = moved[at] - by;
        net.setWeights(weights.set(name, own));
        return made.result;
      };
      expect([...analytic.keys()].some((name) => !name.startsWith('classifier'))).toBe(true);
      for (const [name, gradient] of analytic)
        for (const at of [0, gradient.length - 1]) {
          const numeric = (lossWith(name, at, h) - lossWith(name, at, -h)) / (2 * h);
          // Central differences in float32: error about h² and 1e-7 / h.
          expect(Math.abs(numeric - gradient[at]!)).toBeLessThan(2e-3);
        }
      ops.dispose(x);
      net.dispose();
      expect(ops.memory().tensors).toBe(before);
    });

    it.each(['mixup', 'manifold-mixup', 'remix'])(
      '%s trains, repeats, and is not plain training',
      async (kind) => {
        const mixed = await train({ mixing: { kind } });
        expect(await train({ mixing: { kind } })).toEqual(mixed);
        expect(mixed).not.toEqual(await train({}));
      },
    );
  });

  describe(`deferred weights and samplers on ${backend}`, () => {
    it.each([
      ['weights', { weights: { kind: 'inverse' } }],
      ['sampler', { sampler: { kind: 'class-balanced' } }],
      ['a sampler with longer epochs', { sampler: { kind: 'over' } }],
    ])('%s: plain to the bit before the switch, in force from it on', async (_, change) => {
      const plain = await train({});
      const constant = { optimizer: { learningRate: 0.1, batchSize: 16, schedule: 'constant' } };
      expect(await train({ ...change, switchAt: 4 })).toEqual(plain);
      expect(await train({ ...change, switchAt: 0 })).toEqual(await train(change));
      const late = await train({ ...change, switchAt: 2 });
      expect(late).not.toEqual(plain);
      expect(late).not.toEqual(await train(change));
      // Two epochs of a longer stage, cut at the switch, are two plain epochs.
      const two = await train({ ...constant, epochs: 2 });
      expect(await train({ ...constant, ...change, epochs: 2, switchAt: 2 })).toEqual(two);
    });
  });
};
