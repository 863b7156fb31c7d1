import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { expressibleMethods } from '../../src/config/combinations';
import { lossSchema, lossTraits } from '../../src/config/losses';
import type { LossConfig } from '../../src/config/schema';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendId, Ops } from '../../src/trainer/backend/types';
import { createObjective } from '../../src/trainer/losses';
import { lossGradient } from '../../src/trainer/stages/lossGradient';

interface Batch {
  readonly numClasses: number;
  readonly counts: readonly number[];
  readonly labels: readonly number[];
  readonly logits: readonly (readonly number[])[];
}

interface GoldenFile {
  readonly tolerance: { readonly float32: { readonly abs: number; readonly rel: number } };
  readonly batches: Readonly<Record<string, Batch>>;
  readonly cases: readonly {
    readonly id: string;
    readonly kind: string;
    readonly input: { readonly batch: string; readonly params: { readonly tau?: number } };
    readonly expected: {
      readonly perExample: readonly number[];
      readonly mean: number;
      readonly grad: readonly (readonly number[])[];
    };
  }[];
}

const folder = process.env['GOLDEN_DIR'] ?? join(import.meta.dirname, '../fixtures/golden');
const golden = JSON.parse(readFileSync(join(folder, 'losses.json'), 'utf8')) as GoldenFile;

/** The settings a golden case stands for, where the table has its loss: the names agree but for one. */
const configOf = (kind: string, params: object): LossConfig | null => {
  const name = kind === 'ce' ? 'cross-entropy' : kind.replaceAll('_', '-');
  const parsed = lossSchema.safeParse({ kind: name, ...params });
  return parsed.success ? parsed.data : null;
};

const cases = golden.cases.flatMap((one) => {
  const config = configOf(one.kind, one.input.params);
  return config === null ? [] : [{ ...one, config }];
});
const kinds = [...expressibleMethods()].flatMap((method) =>
  method.startsWith('loss:') ? [method.slice('loss:'.length)] : [],
);
const everyLoss = kinds.map((kind) => lossSchema.parse({ kind }));

/** The losses of the table against the golden numbers and their invariants, on one backend. */
export const lossesContract = (backend: BackendId): void => {
  let ops: Ops;
  beforeAll(async () => {
    ({ ops } = await selectBackend(backend));
  });

  const compute = (
    config: LossConfig,
    counts: readonly number[],
    logits: readonly (readonly number[])[],
    labels: readonly number[],
  ) => {
    const before = ops.memory().tensors;
    const samples = counts.reduce((sum, n) => sum + n, 0);
    const objective = createObjective({ loss: config }, { counts, samples, logitScale: 1 });
    const classes = counts.length;
    const z = ops.tensor(logits.flat(), [logits.length, classes]);
    const perExample = logits.map((row, i) => {
      const truth = { labels: Int32Array.of(labels[i]!), targets: null, mixed: null };
      return objective.evaluate(Float32Array.from(row), truth, 0).lossSum;
    });
    const truth = { labels: Int32Array.from(labels), targets: null, mixed: null };
    const { lossSum, dLogits } = lossGradient(ops, objective, z, { truth, epoch: 0 });
    const gradient = ops.read(dLogits);
    ops.dispose(dLogits, z);
    expect(ops.memory().tensors).toBe(before);
    const rows = logits.map((_, i) => [...gradient.subarray(i * classes, (i + 1) * classes)]);
    return { perExample, rows, lossSum };
  };

  const near = (got: number, wanted: number): void => {
    const { abs, rel } = golden.tolerance.float32;
    expect(Number.isFinite(got)).toBe(true);
    expect(Math.abs(got - wanted)).toBeLessThanOrEqual(abs + rel * Math.abs(wanted));
  };

  describe(`losses on ${backend}`, () => {
    it('has golden cases for every loss of the table', () => {
      const covered = new Set(cases.map(({ config }) => config.kind));
      expect([...covered].sort()).toEqual([...kinds].sort());
    });

    it.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
      const batch = golden.batches[one.input.batch]!;
      const { config } = one;
      const got = compute(config, batch.counts, batch.logits, batch.labels);
      one.expected.perExample.forEach((value, i) => near(got.perExample[i]!, value));
      near(got.lossSum / batch.labels.length, one.expected.mean);
      one.expected.grad.forEach((row, i) => row.forEach((g, j) => near(got.rows[i]![j]!, g)));
    });

    it.each(everyLoss.map((config) => [config.kind, config] as const))(
      '%s: finite at ±10,000, gradient rows sum to 0, an empty class gets none',
      (_, config) => {
        const counts = [900, 90, 9, 0];
        const logits = [
          [1e4, -1e4, 0, -1e4],
          [-1e4, 1e4, 1e4, -1e4],
          [0, 0, 0, 0],
        ];
        const got = compute(config, counts, logits, [1, 2, 0]);
        for (const value of got.perExample) expect(Number.isFinite(value)).toBe(true);
        for (const row of got.rows)
          expect(Math.abs(row.reduce((sum, g) => sum + g, 0))).toBeLessThan(1e-6);
        if (lossTraits(config).adjustedTau > 0) for (const row of got.rows) expect(row[3]).toBe(0);
      },
    );

    it('is plain cross-entropy when all counts are equal', () => {
      const logits = [
        [1, -2, 0.5],
        [0.25, 3, -1],
      ];
      const plain = compute({ kind: 'cross-entropy' }, [5, 5, 5], logits, [0, 2]);
      for (const config of everyLoss) {
        const got = compute(config, [5, 5, 5], logits, [0, 2]);
        got.perExample.forEach((value, i) => expect(value).toBeCloseTo(plain.perExample[i]!, 5));
      }
    });
  });
};
