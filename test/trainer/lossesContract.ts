import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lossMethods, lossSchema, lossTraits } from '../../src/config/losses';
import { weightMethods, weightSchema } from '../../src/config/weights';
import type { LossConfig } from '../../src/config/schema';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendId, Ops } from '../../src/trainer/backend/types';
import { createObjective, type ObjectiveConfig } from '../../src/trainer/losses';
import type { BatchTruth } from '../../src/trainer/losses/types';
import { lossGradient } from '../../src/trainer/stages/lossGradient';

interface Tolerance {
  readonly abs: number;
  readonly rel: number;
}

interface GoldenFile {
  readonly tolerance: { readonly float32: Tolerance };
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
  readonly cases: readonly {
    readonly id: string;
    readonly kind: string;
    readonly input: {
      readonly batch: string;
      readonly params: Readonly<Record<string, number | string | readonly number[] | null>>;
    };
    readonly expected: {
      readonly perExample: readonly number[];
      readonly mean: number;
      readonly grad: readonly (readonly number[])[];
      readonly weightNormalised?: number;
      readonly gradWeightNormalised?: readonly (readonly number[])[];
    };
    readonly tolerance?: { readonly float32?: Tolerance };
  }[];
}

const folder = process.env['GOLDEN_DIR'] ?? join(import.meta.dirname, '../fixtures/golden');
const golden = JSON.parse(readFileSync(join(folder, 'losses.json'), 'utf8')) as GoldenFile;

/** The names of the reference cases in a config. */
const lossNames: Readonly<Record<string, LossConfig['kind']>> = {
  ce: 'cross-entropy',
  cb_softmax: 'cross-entropy',
  cb_sigmoid: 'sigmoid',
  cb_focal: 'sigmoid-focal',
  focal: 'focal',
  focal_sigmoid: 'sigmoid-focal',
  ldam: 'ldam',
  balanced_softmax: 'balanced-softmax',
  logit_adjusted: 'logit-adjusted',
  label_smoothing: 'label-smoothing',
  label_aware_smoothing: 'label-aware-smoothing',
  vs: 'vector-scaling',
  cdt: 'class-temperature',
};
/** No config can say them: weights by hand, and soft targets. */
const unsaid = ['weighted_ce', 'soft_ce'];

const keyNames: Readonly<Record<string, string>> = { smoothHead: 'head', smoothTail: 'tail' };

type GoldenCase = GoldenFile['cases'][number];

/** The settings a case stands for: `beta` is a weight rule of its own, `s` the classifier's. */
const configOf = ({ kind, input: { params } }: GoldenCase): ObjectiveConfig => {
  const { beta } = params;
  const keys = Object.entries(params)
    .filter(([key, value]) => value !== null && key !== 'beta' && key !== 's')
    .map(([key, value]) => [keyNames[key] ?? key, value] as const);
  const weights = { kind: 'effective-number', beta, normalisation: 'class-mean' };
  return {
    loss: lossSchema.parse({ kind: lossNames[kind], ...Object.fromEntries(keys) }),
    ...(typeof beta === 'number' ? { weights: weightSchema.parse(weights) } : {}),
  };
};

const cases = golden.cases.filter(({ kind }) => !unsaid.includes(kind));
const everyLoss = lossMethods.map(({ schema }) =>
  lossSchema.parse({ kind: schema.shape.kind._zod.def.values[0] }),
);
const everyWeight = weightMethods.map(({ schema }) =>
  weightSchema.parse({ kind: schema.shape.kind._zod.def.values[0] }),
);
const single = everyLoss.filter((config) => lossTraits(config).single !== null);
const multi = everyLoss.filter((config) => lossTraits(config).multi !== null);
/** Losses that are neither sigmoids nor scale classes apart: a constant on all logits is nothing. */
const softmax = single.filter(
  ({ kind }) => !['sigmoid', 'sigmoid-focal', 'vector-scaling', 'class-temperature'].includes(kind),
);

const samplesOf = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);
const oneLabel = (labels: readonly number[]): BatchTruth => ({
  labels: Int32Array.from(labels),
  targets: null,
  mixed: null,
});

/** The losses of the table, with weights, mixing and hard examples, on one backend. */
export const lossesContract = (backend: BackendId): void => {
  let ops: Ops;
  beforeAll(async () => {
    ({ ops } = await selectBackend(backend));
  });

  /** The batch's loss sum and the gradient of its reduced loss, through tensors; no tensor stays. */
  const compute = (
    config: ObjectiveConfig,
    counts: readonly number[],
    logits: readonly (readonly number[])[],
    truth: BatchTruth,
    { logitScale = 1, epoch = 0 } = {},
  ) => {
    const before = ops.memory().tensors;
    const source = { counts, samples: samplesOf(counts), logitScale };
    const objective = createObjective(config, source);
    const z = ops.tensor(logits.flat(), [logits.length, counts.length]);
    const { lossSum, dLogits } = lossGradient(ops, objective, z, { truth, epoch });
    const gradient = [...ops.read(dLogits)];
    ops.dispose(dLogits, z);
    expect(ops.memory().tensors).toBe(before);
    return { lossSum, gradient };
  };

  const near = (got: number, wanted: number, { abs, rel }: Tolerance): void => {
    expect(Number.isFinite(got)).toBe(true);
    expect(Math.abs(got - wanted)).toBeLessThanOrEqual(abs + rel * Math.abs(wanted));
  };

  describe(`losses on ${backend}`, () => {
    it('has reference cases for every kind but those no config can say', () => {
      const missing = golden.cases
        .map(({ kind }) => kind)
        .filter((kind) => !(kind in lossNames) && !unsaid.includes(kind));
      expect(missing).toEqual([]);
      const covered = new Set(cases.map((one) => configOf(one).loss.kind));
      // Without a published reference: held to formulas by test/unit/methods/multiLabelLosses.
      const formulas = ['asymmetric', 'distribution-balanced', 'adjusted-sigmoid'];
      expect([...covered, ...formulas].sort()).toEqual(everyLoss.map(({ kind }) => kind).sort());
    });

    it.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
      const { counts, labels, logits } = golden.batches[one.input.batch]!;
      const { expected } = one;
      const tolerance = one.tolerance?.float32 ?? golden.tolerance.float32;
      // A cosine classifier hands over logits that are scaled already, and their gradient.
      const scale = typeof one.input.params['s'] === 'number' ? one.input.params['s'] : 1;
      const scaled = logits.map((row) => row.map((z) => scale * z));
      const config = configOf(one);
      const got = (own: ObjectiveConfig, rows: readonly number[]) =>
        compute(
          own,
          counts,
          rows.map((row) => scaled[row]!),
          oneLabel(rows.map((row) => labels[row]!)),
          { logitScale: scale },
        );
      const all = labels.map((_label, i) => i);
      const whole = got(config, all);
      near(whole.lossSum / labels.length, expected.mean, tolerance);
      expected.grad.flat().forEach((g, i) => near(scale * whole.gradient[i]!, g, tolerance));
      expected.perExample.forEach((value, i) => near(got(config, [i]).lossSum, value, tolerance));
      if (expected.weightNormalised === undefined || config.weights === undefined) return;
      const weights = weightSchema.parse({ ...config.weights, reduction: 'weighted-mean' });
      const normalised = got({ ...config, weights }, all);
      near(normalised.lossSum / labels.length, expected.weightNormalised, tolerance);
      expected.gradWeightNormalised
        ?.flat()
        .forEach((g, i) => near(scale * normalised.gradient[i]!, g, tolerance));
    });

    describe.each(single.map((config) => [config.kind, config] as const))('%s', (_, loss) => {
      const counts = [900, 90, 9, 0];
      const logits = [
        [1e4, -1e4, 0, -1e4],
        [-1e4, 1e4, 1e4, -1e4],
        [0, 0, 0, 0],
      ];
      const truth = oneLabel([1, 2, 0]);

      it('is finite at ±10,000; an empty class gets no gradient from a prior', () => {
        const got = compute({ loss }, counts, logits, truth, { logitScale: 30 });
        for (const value of [got.lossSum, ...got.gradient])
          expect(Number.isFinite(value)).toBe(true);
        if (lossTraits(loss).adjustedTau > 0)
          got.gradient.forEach((g, i) => i % 4 === 3 && expect(Math.abs(g)).toBe(0));
      });

      it('learns from items with one label, and says so of several', () => {
        if (lossTraits(loss).multi !== null) return;
        const several = { ...truth, targets: new Uint8Array(12) };
        expect(() => compute({ loss }, counts, logits, several)).toThrow('train/loss-single');
      });

      it.each(everyWeight.map((weights) => [weights.kind, weights] as const))(
        'has the gradient of its values with weights %s, mixing and hard examples',
        (_kind, weights) => {
          const full = [60, 30, 8];
          const rows = [0.5, -1, 2, 1.5, 0.25, -0.75, 0, 1, -2, 2, 2, 1];
          const config = { loss, weights, hardExamples: { share: 0.75 } };
          const mixed = {
            partners: Uint32Array.of(2, 0, 1, 3),
            factors: Float64Array.of(0.7, 0.7, 0.2, 1),
          };
          const labels = Int32Array.of(0, 1, 2, 2);
          const source = { counts: full, samples: 98, logitScale: 2 };
          const objective = createObjective(config, source);
          // Float32 logits with a step of 2^-7: exact, with differences good to about 1e-4.
          const h = 2 ** -7;
          const at = (i: number, by: number): number => {
            const moved = Float32Array.from(rows);
            moved[i] = rows[i]! + by;
            return objective.evaluate(moved, { labels, targets: null, mixed }, 0).lossSum / 4;
          };
          const nested = [0, 3, 6, 9].map((from) => rows.slice(from, from + 3));
          const { gradient } = compute(
            config,
            full,
            nested,
            { labels, targets: null, mixed },
            {
              logitScale: 2,
            },
          );
          gradient.forEach((g, i) =>
            near(g, (at(i, h) - at(i, -h)) / (2 * h), { abs: 2e-4, rel: 1e-3 }),
          );
        },
      );
    });

    it.each(softmax.map((loss) => [loss.kind, loss] as const))(
      '%s: gradient rows sum to 0 and equal counts make it plain',
      (kind, loss) => {
        const logits = [
          [1, -2, 0.5],
          [0.25, 3, -1],
        ];
        const truth = oneLabel([0, 2]);
        const got = compute({ loss }, [5, 5, 5], logits, truth);
        for (const from of [0, 3])
          expect(
            Math.abs(got.gradient.slice(from, from + 3).reduce((sum, g) => sum + g, 0)),
          ).toBeLessThan(1e-6);
        // Margins, focus and smoothing act on balanced data too.
        if (['ldam', 'focal', 'label-smoothing', 'label-aware-smoothing'].includes(kind)) return;
        const plain = compute({ loss: { kind: 'cross-entropy' } }, [5, 5, 5], logits, truth);
        expect(got.lossSum).toBeCloseTo(plain.lossSum, 5);
        got.gradient.forEach((g, i) => expect(g).toBeCloseTo(plain.gradient[i]!, 5));
      },
    );

    describe.each(multi.map((config) => [config.kind, config] as const))(
      '%s of several labels',
      (_, loss) => {
        const counts = [70, 40, 4];
        const targets = Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 1, 1);
        const truth = { labels: new Int32Array(3), targets, mixed: null };

        it('is finite at ±10,000', () => {
          const logits = [
            [1e4, -1e4, 0],
            [-1e4, 1e4, 1e4],
            [0, 0, -1e4],
          ];
          const got = compute({ loss }, counts, logits, truth);
          for (const value of [got.lossSum, ...got.gradient])
            expect(Number.isFinite(value)).toBe(true);
        });

        it('mixes with the labels of the partner', () => {
          const logits = [
            [1, -2, 0.5],
            [0.25, 3, -1],
            [2, 0, 1],
          ];
          const mixed = { partners: Uint32Array.of(1, 2, 0), factors: new Float64Array(3) };
          const swapped = compute({ loss }, counts, logits, { ...truth, mixed });
          // Nothing is left of an item's own labels at factor 0.
          const moved = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1, 0);
          const direct = compute({ loss }, counts, logits, { ...truth, targets: moved });
          expect(swapped).toEqual(direct);
        });

        it('takes no class weights, and no single labels unless it is for both', () => {
          const weights = weightSchema.parse({ kind: 'inverse' });
          const zeros = [[0, 0, 0]];
          const one = { labels: Int32Array.of(1), targets: Uint8Array.of(0, 1, 0), mixed: null };
          expect(() => compute({ loss, weights }, counts, zeros, one)).toThrow(
            'train/weights-multi',
          );
          if (lossTraits(loss).single !== null) return;
          expect(() => compute({ loss }, counts, zeros, oneLabel([1]))).toThrow('train/loss-multi');
        });
      },
    );

    it('deferred weights change no bit before their epoch, and are in force from it on', () => {
      const logits = [
        [1, -2, 0.5],
        [0.25, 3, -1],
      ];
      const loss = { kind: 'cross-entropy' } as const;
      const weights = weightSchema.parse({ kind: 'inverse' });
      const at = (config: ObjectiveConfig, epoch: number) =>
        compute(config, [90, 9, 1], logits, oneLabel([0, 2]), { epoch });
      const deferred = { loss, weights, switchAt: 160 };
      expect(at(deferred, 159)).toEqual(at({ loss }, 159));
      expect(at(deferred, 160)).toEqual(at({ loss, weights }, 160));
      expect(at(deferred, 160)).not.toEqual(at({ loss }, 160));
    });
  });
};
