import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { losses, multiLabelLosses, oneHotRows } from '../../../src/methods/losses';
import type { LossParams, MultiLabelBatch, MultiLabelLossKind } from '../../../src/methods/losses';
import { apart, rounded, total } from './counts';

const kinds = Object.keys(multiLabelLosses) as MultiLabelLossKind[];

/** Eight items of four labels; one item has none, one has all. */
const batchOf = (scale: number): MultiLabelBatch => {
  const random = createRandom(3, 'multi');
  const targets = Uint8Array.from({ length: 32 }, () => (random.nextFloat() < 0.3 ? 1 : 0));
  targets.fill(0, 0, 4);
  targets.fill(1, 4, 8);
  return {
    classes: 4,
    counts: [700, 300, 40, 3],
    samples: 1000,
    targets,
    logits: Float64Array.from(targets, () => scale * (2 * random.nextFloat() - 1)),
  };
};

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Central differences of each item's loss. */
const byDifferences = (
  lossAt: (batch: MultiLabelBatch) => Float64Array,
  batch: MultiLabelBatch,
): Float64Array => {
  const h = 1e-5;
  return Float64Array.from(batch.logits, (z, i) => {
    const at = (value: number): number => {
      const logits = Float64Array.from(batch.logits);
      logits[i] = value;
      return lossAt({ ...batch, logits })[Math.floor(i / batch.classes)] ?? NaN;
    };
    return (at(z + h) - at(z - h)) / (2 * h);
  });
};

describe.each(kinds)('%s of several labels', (kind) => {
  const loss = multiLabelLosses[kind];

  it('stays finite for logits of 10,000, also of a label that no item or every item has', () => {
    const huge = batchOf(1e4);
    const edge = {
      ...huge,
      counts: [1000, 300, 40, 0],
      targets: Uint8Array.from(huge.targets, (t, i) => (i % 4 === 0 ? 1 : i % 4 === 3 ? 0 : t)),
    };
    for (const batch of [huge, edge]) {
      const { perExample, gradient } = loss(batch, {});
      expect([...perExample, ...gradient].every(Number.isFinite)).toBe(true);
      expect(Math.min(...perExample)).toBeGreaterThanOrEqual(0);
    }
  });

  it('pulls present labels up and absent ones down', () => {
    const batch = batchOf(3);
    loss(batch, {}).gradient.forEach((g, i) =>
      batch.targets[i] === 1
        ? expect(g).toBeLessThanOrEqual(0)
        : expect(g).toBeGreaterThanOrEqual(0),
    );
  });

  it('permutes with the labels', () => {
    const batch = batchOf(3);
    const turn = (rows: ArrayLike<number>): number[] =>
      Array.from(rows, (_, i) => rows[i - (i % 4) + (3 - (i % 4))] ?? NaN);
    const turned = loss(
      {
        ...batch,
        counts: Array.from(batch.counts).reverse(),
        targets: turn(batch.targets),
        logits: turn(batch.logits),
      },
      {},
    );
    const straight = loss(batch, {});
    expect(apart(turned.perExample, straight.perExample)).toBeLessThan(1e-12);
    expect(apart(turned.gradient, turn(straight.gradient))).toBeLessThan(1e-12);
  });
});

describe('gradients', () => {
  it.each<[MultiLabelLossKind, LossParams]>([
    ['sigmoid', {}],
    ['sigmoid', { positiveCap: 20 }],
    ['sigmoid-focal', { gamma: 1.5, alpha: 0.25 }],
    ['distribution-balanced', {}],
    ['distribution-balanced', { gamma: 0, negativeScale: 2 }],
    ['adjusted-sigmoid', { tau: 1 }],
  ])('of %s %o are those of its values', (kind, params) => {
    const batch = batchOf(3);
    const loss = multiLabelLosses[kind];
    const expected = byDifferences((one) => loss(one, params).perExample, batch);
    expect(apart(loss(batch, params).gradient, expected)).toBeLessThan(1e-7);
  });

  it.each([{}, { clip: 0 }, { gammaPositive: 0, gammaNegative: 2, clip: 0.1 }])(
    'of the asymmetric loss %o are those of its logarithms, with the focus held fixed',
    (params) => {
      const { gammaPositive = 1, gammaNegative = 4, clip = 0.05 } = params as LossParams;
      const batch = batchOf(3);
      // From the published formula, item by item.
      const focus = Float64Array.from(batch.logits, (z, i) =>
        batch.targets[i] === 1
          ? (1 - sigmoid(z)) ** gammaPositive
          : Math.max(sigmoid(z) - clip, 0) ** gammaNegative,
      );
      const held = (one: MultiLabelBatch): Float64Array => {
        const sums = new Float64Array(8);
        for (let i = 0; i < one.logits.length; i++) {
          const p = sigmoid(one.logits[i] ?? NaN);
          const log = batch.targets[i] === 1 ? Math.log(p) : Math.log(1 - Math.max(p - clip, 0));
          const row = Math.floor(i / 4);
          sums[row] = (sums[row] ?? NaN) - (focus[i] ?? NaN) * log;
        }
        return sums;
      };
      const got = multiLabelLosses.asymmetric(batch, params);
      expect(apart(got.perExample, held(batch))).toBeLessThan(1e-12);
      expect(apart(got.gradient, byDifferences(held, batch))).toBeLessThan(1e-7);
    },
  );
});

describe('reductions', () => {
  const batch = batchOf(3);
  const plain = multiLabelLosses.sigmoid(batch, {});
  it.each<[MultiLabelLossKind, LossParams]>([
    ['sigmoid-focal', { gamma: 0 }],
    ['asymmetric', { gammaPositive: 0, gammaNegative: 0, clip: 0 }],
    ['adjusted-sigmoid', { tau: 0 }],
  ])('%s %o is the summed binary cross-entropy', (kind, params) => {
    const got = multiLabelLosses[kind](batch, params);
    expect(apart(got.perExample, plain.perExample)).toBeLessThan(1e-12);
    expect(apart(got.gradient, plain.gradient)).toBeLessThan(1e-12);
  });

  it('on one label an item they are the single-label losses', () => {
    const labels = [0, 3, 1, 2, 2, 0, 1, 3];
    const single = { classes: 4, counts: [5, 4, 3, 2], labels, logits: batch.logits };
    const multi = { ...single, samples: 14, targets: oneHotRows(labels, 4) };
    for (const kind of ['sigmoid', 'sigmoid-focal'] as const) {
      const expected = multiLabelLosses[kind](multi, { positiveCap: 2 });
      const got = losses[kind](single, { positiveCap: 2 });
      expect(apart(got.perExample, expected.perExample)).toBe(0);
      expect(apart(got.gradient, expected.gradient)).toBe(0);
    }
  });
});

describe('values worked out by hand', () => {
  // One item with labels 0 and 2 of three; n = (50, 20, 5) of N = 100.
  const item: MultiLabelBatch = {
    classes: 3,
    counts: [50, 20, 5],
    samples: 100,
    targets: [1, 0, 1],
    logits: [0, 0, 0],
  };
  const ln2 = Math.LN2;

  it('positive weights (N − n) / n, capped', () => {
    // 50/50 = 1, none for the absent one, min(10, 95/5 = 19) = 10.
    const { perExample } = multiLabelLosses.sigmoid(item, { positiveCap: 10 });
    expect(perExample[0]).toBeCloseTo((1 + 1 + 10) * ln2, 12);
  });

  it('the log-odds of the label shares are what the adjusted loss adds', () => {
    // sigmoid(log(n / (N − n))) = n / N: the loss at 0 is that of the shares.
    const { perExample, gradient } = multiLabelLosses['adjusted-sigmoid'](item, {});
    expect(perExample[0]).toBeCloseTo(-Math.log(0.5) - Math.log(0.8) - Math.log(0.05), 12);
    expect(rounded(gradient, 12)).toEqual([-0.5, 0.2, -0.95]);
  });

  it('the distribution-balanced loss by its parts', () => {
    // r = (1/n_j) / (1/50 + 1/5): 1/11, 5/22, 10/11; weights .1 + sigmoid(10 (r − .3)).
    const weight = (r: number): number => 0.1 + sigmoid(10 * (r - 0.3));
    const bias = (n: number): number => (0.05 / 5) * Math.log(n / (100 - n));
    const term = (u: number): number => (1 - sigmoid(u)) ** 2 * -Math.log(sigmoid(u));
    const expected =
      2 * weight(1 / 11) * term(bias(50)) +
      (2 * weight(5 / 22) * term(-5 * bias(20))) / 5 +
      2 * weight(10 / 11) * term(bias(5));
    const { perExample } = multiLabelLosses['distribution-balanced'](item, {});
    expect(perExample[0]).toBeCloseTo(expected, 12);
  });

  it('an item without labels has a loss and pulls every label down', () => {
    const none = { ...item, targets: [0, 0, 0] };
    const { perExample, gradient } = multiLabelLosses['distribution-balanced'](none, {});
    expect(Number.isFinite(perExample[0])).toBe(true);
    expect(Math.min(...gradient)).toBeGreaterThan(0);
    expect(total(gradient)).toBeLessThan(3);
  });
});
