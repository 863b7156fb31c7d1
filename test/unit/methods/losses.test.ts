import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { losses, lossOffsets, reduceLoss, weightItems } from '../../../src/methods/losses';
import type { LossBatch, LossKind, LossParams, LossResult } from '../../../src/methods/losses';
import { labelAwareFactors } from '../../../src/methods/losses';
import { classWeights } from '../../../src/methods/weights';
import { apart, cifar10, rounded, total } from './counts';

const kinds = Object.keys(losses) as LossKind[];
const sigmoidKinds: readonly string[] = ['sigmoid', 'sigmoid-focal'];

const batchOf = (scale: number, counts: readonly number[] = [500, 60, 5, 5]): LossBatch => {
  const random = createRandom(7, 'losses');
  const classes = counts.length;
  return {
    classes,
    counts,
    labels: Array.from({ length: 8 }, (_, i) => i % classes),
    logits: Float64Array.from({ length: 8 * classes }, () => scale * (2 * random.nextFloat() - 1)),
  };
};

/** Targets for the loss that cannot do without. */
const paramsFor = (batch: LossBatch): LossParams => {
  const random = createRandom(8, 'targets');
  const raw = Float64Array.from(batch.logits, () => random.nextFloat());
  const sums = Array.from({ length: batch.labels.length }, (_, row) =>
    total(raw.subarray(row * batch.classes, (row + 1) * batch.classes)),
  );
  return {
    targets: raw.map((value, i) => value / (sums[Math.floor(i / batch.classes)] ?? NaN)),
  };
};

const gradientByDifferences = (kind: LossKind, batch: LossBatch, params: LossParams) => {
  const h = 1e-5;
  return Float64Array.from(batch.logits, (z, i) => {
    const at = (value: number): number => {
      const logits = Float64Array.from(batch.logits);
      logits[i] = value;
      const row = Math.floor(i / batch.classes);
      return losses[kind]({ ...batch, logits }, params).perExample[row] ?? NaN;
    };
    return (at(z + h) - at(z - h)) / (2 * h);
  });
};

describe.each(kinds)('%s', (kind) => {
  it('has the gradient its values have', () => {
    const batch = batchOf(3);
    const params = { ...paramsFor(batch), scale: 2 };
    const { gradient } = losses[kind](batch, params);
    expect(apart(gradient, gradientByDifferences(kind, batch, params))).toBeLessThan(1e-7);
  });

  it('stays finite for logits of 10,000', () => {
    const batch = batchOf(1e4);
    const { perExample, gradient } = losses[kind](batch, paramsFor(batch));
    expect([...perExample, ...gradient].every(Number.isFinite)).toBe(true);
    expect(Math.min(...perExample)).toBeGreaterThanOrEqual(0);
  });

  it('gives 0 or a finite value for a single class', () => {
    const batch: LossBatch = { classes: 1, counts: [9], labels: [0], logits: [3] };
    const { perExample } = losses[kind](batch, { targets: [1], scale: 1 });
    expect(Number.isFinite(perExample[0])).toBe(true);
    if (!sigmoidKinds.includes(kind)) expect(perExample[0]).toBeCloseTo(0, 12);
  });
});

/** Adding a constant to a row of logits changes nothing unless a loss scales classes apart. */
const shiftInvariant = kinds.filter(
  (kind) => ![...sigmoidKinds, 'vector-scaling', 'class-temperature'].includes(kind),
);

describe.each(shiftInvariant)('%s', (kind) => {
  it('has gradient rows that sum to 0', () => {
    const batch = batchOf(3);
    const { gradient } = losses[kind](batch, paramsFor(batch));
    for (let row = 0; row < batch.labels.length; row++)
      expect(total(gradient.subarray(row * 4, row * 4 + 4))).toBeCloseTo(0, 12);
  });

  it('does not change when a constant is added to all logits', () => {
    const batch = batchOf(3);
    const params = paramsFor(batch);
    const shifted = { ...batch, logits: Array.from(batch.logits, (z) => z + 5) };
    const there = losses[kind](shifted, params).perExample;
    expect(apart(there, losses[kind](batch, params).perExample)).toBeLessThan(1e-10);
  });
});

describe('reductions to cross-entropy', () => {
  const batch = batchOf(3);
  const same = (a: LossResult, b: LossResult): void => {
    expect(apart(a.perExample, b.perExample)).toBeLessThan(1e-12);
    expect(apart(a.gradient, b.gradient)).toBeLessThan(1e-12);
  };
  const plain = losses['cross-entropy'](batch, {});

  it.each([
    ['focal', { gamma: 0 }],
    ['logit-adjusted', { tau: 0 }],
    ['ldam', { scale: 1, maxMargin: 0 }],
    ['label-smoothing', { epsilon: 0 }],
    ['label-aware-smoothing', { smoothHead: 0, smoothTail: 0 }],
    ['vector-scaling', { gamma: 0, tau: 0 }],
    ['class-temperature', { gamma: 0 }],
  ] as const)('%s with %o', (kind, params) => {
    same(losses[kind](batch, params), plain);
  });

  it('sigmoid focal with gamma 0 is binary cross-entropy', () => {
    same(losses['sigmoid-focal'](batch, { gamma: 0 }), losses.sigmoid(batch, {}));
  });

  it('effective-number weights with beta 0 change nothing', () => {
    const weights = classWeights('effective-number', batch.counts, { beta: 0 });
    same(weightItems(plain, batch.labels, weights), plain);
  });

  it('LDAM of scaled cosines is LDAM of the cosines', () => {
    const scaled = { ...batch, logits: Array.from(batch.logits, (z) => 16 * z) };
    const params = { maxMargin: 0.4, scale: 16 };
    const there = losses['scaled-ldam'](scaled, params);
    const bare = losses.ldam(batch, params);
    same(there, { ...bare, gradient: bare.gradient.map((g) => g / 16) });
  });

  it('balanced softmax is the adjusted loss with tau 1', () => {
    same(losses['balanced-softmax'](batch, {}), losses['logit-adjusted'](batch, { tau: 1 }));
  });

  it('constant label-aware smoothing is label smoothing', () => {
    const aware = losses['label-aware-smoothing'](batch, { smoothHead: 0.2, smoothTail: 0.2 });
    same(aware, losses['label-smoothing'](batch, { epsilon: 0.2 }));
  });

  it.each(['balanced-softmax', 'logit-adjusted', 'vector-scaling', 'class-temperature'] as const)(
    'equal counts make %s plain',
    (kind) => {
      const even = batchOf(3, [25, 25, 25, 25]);
      same(losses[kind](even, {}), losses['cross-entropy'](even, {}));
    },
  );
});

describe('an empty class', () => {
  it('is out of the softmax: probability and gradient 0', () => {
    const batch = { ...batchOf(3, [500, 60, 0]), labels: [0, 1, 0, 1, 0, 1, 0, 1] };
    for (const kind of ['balanced-softmax', 'logit-adjusted', 'vector-scaling'] as const) {
      const { perExample, gradient } = losses[kind](batch, {});
      expect([...perExample].every(Number.isFinite)).toBe(true);
      gradient.forEach((g, i) => i % 3 === 2 && expect(g).toBe(0));
      expect(lossOffsets(kind, batch.counts, {})[2]).toBe(-Infinity);
    }
  });
});

// Counts (100, 10, 1), four rows of logits; values worked out by hand in float64 to six digits.
describe('toy batch', () => {
  const batch: LossBatch = {
    classes: 3,
    counts: [100, 10, 1],
    labels: [0, 2, 1, 0],
    logits: [2, 1, 0, 0, 1, 2, 1, 1, 1, 1, 2, 3],
  };

  it.each([
    ['cross-entropy', {}, [0.407606, 0.407606, 1.098612, 2.407606]],
    ['logit-adjusted', { tau: 1 }, [0.037432, 2.902098, 2.406945, 0.296928]],
    ['logit-adjusted', { tau: 0.5 }, [0.1221, 1.25752, 1.499289]],
    ['focal', { gamma: 2 }, [0.045678, 0.045678, 0.488272, 1.993605]],
    ['sigmoid', {}, [2.133337, 2.133337, 2.939785]],
    ['sigmoid-focal', { gamma: 2 }, [0.876959, 0.876959, 1.426395]],
    ['ldam', { maxMargin: 0.5, scale: 1 }, [0.463366, 0.604131, 1.294552]],
    ['label-smoothing', { epsilon: 0.1 }, [0.507606, 0.507606, 1.098612]],
  ] as const)('%s %o', (kind, params, expected) => {
    const { perExample } = losses[kind](batch, params);
    expect(rounded(perExample.subarray(0, expected.length), 6)).toEqual(expected);
  });

  it('LDAM with scale 30 on a quarter of the logits', () => {
    const quarter = { ...batch, logits: Array.from(batch.logits, (z) => z / 4) };
    const { perExample } = losses['ldam'](quarter, { maxMargin: 0.5, scale: 30 });
    expect(rounded(perExample.subarray(0, 3), 6)).toEqual([0.061606, 7.501106, 9.128376]);
  });

  // Class-balanced losses: effective-number weights that average 1 over the classes, beta .99.
  const balanced = (result: LossResult): LossResult =>
    weightItems(
      result,
      batch.labels,
      classWeights('effective-number', batch.counts, { beta: 0.99, normalisation: 'sumC' }),
    );

  it.each([
    ['cross-entropy', {}, [0.017216, 1.091454, 0.307659, 0.101691]],
    ['sigmoid-focal', { gamma: 0.5 }, [0.06998, 4.436489, 0.674397, 0.216848]],
  ] as const)('class-balanced %s', (kind, params, expected) => {
    expect(rounded(balanced(losses[kind](batch, params)).perExample, 6)).toEqual(expected);
  });

  it('reduces by items and by weights', () => {
    const result = balanced(losses['cross-entropy'](batch, {}));
    expect(reduceLoss(result, 'mean').loss).toBeCloseTo(0.379505, 6);
    expect(reduceLoss(result, 'weightedMean').loss).toBeCloseTo(0.498982, 6);
    expect(reduceLoss(losses['cross-entropy'](batch, {}), 'mean').loss).toBeCloseTo(1.080358, 6);
  });

  it('a factor on the weights scales the mean and leaves the weighted mean', () => {
    const by = (factor: number): LossResult =>
      weightItems(losses['cross-entropy'](batch, {}), batch.labels, [
        factor,
        2 * factor,
        3 * factor,
      ]);
    expect(reduceLoss(by(2), 'mean').loss).toBeCloseTo(2 * reduceLoss(by(1), 'mean').loss, 12);
    expect(reduceLoss(by(2), 'weightedMean').loss).toBeCloseTo(
      reduceLoss(by(1), 'weightedMean').loss,
      12,
    );
  });
});

describe('details', () => {
  it('label-aware factors on CIFAR-10-LT with .3 and 0', () => {
    expect(rounded(labelAwareFactors(cifar10, 0.3, 0, 'concave'), 4)).toEqual([
      0.3, 0.2414, 0.1578, 0.096, 0.0563, 0.032, 0.0173, 0.0085, 0.0031, 0,
    ]);
    expect([...labelAwareFactors([5, 5], 0.3, 0.1, 'linear')]).toEqual([0.3, 0.3]);
  });

  it('LDAM does not fall when a margin grows', () => {
    const batch = batchOf(1);
    const at = (maxMargin: number) => losses.ldam(batch, { maxMargin, scale: 30 }).perExample;
    const small = at(0.1);
    at(0.4).forEach((loss, i) => expect(loss).toBeGreaterThanOrEqual(small[i] ?? NaN));
  });

  it('soft cross-entropy asks for targets of the right shape', () => {
    expect(() => losses['soft-cross-entropy'](batchOf(1), {})).toThrow(RangeError);
  });
});
