import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classWeights,
  deferredWeights,
  effectiveNumber,
  effectiveNumberWeights,
  ldamMargins,
  weightRules,
} from '../../../src/methods/weights';
import type { WeightKind } from '../../../src/methods/weights';
import { apart, cifar10, fullCounts, rounded, someCounts, total } from './counts';

const kinds = Object.keys(weightRules) as WeightKind[];

describe.each(kinds)('weight rule %s', (kind) => {
  it('is finite, positive, and 0 for empty classes only', () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const w = classWeights(kind, counts);
        counts.forEach((n, j) => {
          expect(Number.isFinite(w[j])).toBe(true);
          expect((w[j] ?? NaN) > 0).toBe(n > 0);
        });
      }),
    );
  });

  it('falls with the count', () => {
    fc.assert(
      fc.property(fullCounts, (counts) => {
        const sorted = [...counts].sort((a, b) => a - b);
        const w = classWeights(kind, sorted);
        w.forEach((value, j) => expect(value).toBeGreaterThanOrEqual((w[j + 1] ?? 0) - 1e-12));
      }),
    );
  });

  it('is normalised as named', () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const present = counts.filter((n) => n > 0).length;
        const items = total(counts);
        expect(total(classWeights(kind, counts, { normalisation: 'sumC' })) / present).toBeCloseTo(
          1,
          10,
        );
        const bySample = classWeights(kind, counts, { normalisation: 'sampleMean1' });
        expect(total(bySample.map((w, j) => w * (counts[j] ?? 0))) / items).toBeCloseTo(1, 10);
        expect(Math.max(...classWeights(kind, counts, { normalisation: 'max1' }))).toBeCloseTo(
          1,
          12,
        );
      }),
    );
  });

  it('permutes with the classes', () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const turned = classWeights(kind, [...counts].reverse());
        expect(apart(turned, [...classWeights(kind, counts)].reverse())).toBeLessThan(1e-9);
      }),
    );
  });

  it('weighs equal counts alike', () => {
    expect(apart(classWeights(kind, [7, 7, 7]), [1, 1, 1])).toBeLessThan(1e-12);
  });
});

describe('effective number', () => {
  it('is 1 at beta 0, n at the limit 1, and keeps its digits near it', () => {
    expect(effectiveNumber(500, 0)).toBe(1);
    expect(effectiveNumber(500, 1)).toBe(500);
    expect(effectiveNumber(0, 0)).toBe(0);
    // (1 - b^n) / (1 - b) = n - n (n - 1) / 2 (1 - b) + …; the next term is 2e-14 here.
    const b = 1 - 2 ** -30;
    expect(effectiveNumber(100, b)).toBeCloseTo(100 - 4950 * 2 ** -30, 9);
  });

  it('weighs all classes alike at beta 0', () => {
    expect([...classWeights('effective-number', cifar10, { beta: 0 })]).toEqual(
      cifar10.map(() => 1),
    );
  });

  it('approaches inverse counts', () => {
    const near = classWeights('effective-number', cifar10, { beta: 1 - 1e-9 });
    expect(apart(near, classWeights('inverse', cifar10))).toBeLessThan(1e-4);
  });

  it('is not invariant to the scale of the counts, inverse weights are', () => {
    const ten = cifar10.map((n) => 10 * n);
    expect(apart(classWeights('inverse', ten), classWeights('inverse', cifar10))).toBeLessThan(
      1e-9,
    );
    const cb = (counts: number[]) => classWeights('effective-number', counts, { beta: 0.999 });
    expect(apart(cb(ten), cb(cifar10))).toBeGreaterThan(0.1);
  });
});

// CIFAR-10-LT with imbalance factor 100, four digits, worked out apart from this code.
describe('on CIFAR-10-LT', () => {
  it.each([
    [
      'effective-number',
      0.9999,
      [0.0506, 0.0769, 0.1211, 0.195, 0.3188, 0.5246, 0.8683, 1.4426, 2.4092, 3.9927],
    ],
    [
      'effective-number',
      0.99,
      [0.7838, 0.7838, 0.7838, 0.7838, 0.785, 0.8002, 0.8682, 1.0414, 1.3854, 1.9844],
    ],
    ['inverse', 0, [0.0402, 0.0671, 0.112, 0.1868, 0.3119, 0.5199, 0.8672, 1.4474, 2.4239, 4.0236]],
    [
      'inverse-sqrt',
      0,
      [0.2445, 0.3158, 0.408, 0.5269, 0.6808, 0.8789, 1.1352, 1.4666, 1.8979, 2.4453],
    ],
  ] as const)('%s (beta %d) has its values', (kind, beta, expected) => {
    const w = classWeights(kind, cifar10, { beta, normalisation: 'sumC' });
    expect(rounded(w, 4)).toEqual(expected);
  });

  it('LDAM margins have theirs', () => {
    expect(rounded(ldamMargins(cifar10, 0.5), 4)).toEqual([
      0.1581, 0.1797, 0.2042, 0.2321, 0.2638, 0.2998, 0.3407, 0.3872, 0.4405, 0.5,
    ]);
  });

  it('effective numbers have theirs', () => {
    const numbers = effectiveNumberWeights(cifar10, 0.9999).map((w) => 1 / w);
    expect(rounded(numbers, 2)).toEqual([
      3934.85, 2589.71, 1644.03, 1021.08, 624.67, 379.63, 229.34, 138.05, 82.66, 49.88,
    ]);
  });
});

describe('margins and deferral', () => {
  it('margins scale with the fourth root and ignore empty classes', () => {
    const margins = ldamMargins([160, 0, 10], 0.5);
    expect([...margins]).toEqual([0.25, 0, 0.5]);
  });

  it('deferred weights are all 1 until the switch, then class-balanced', () => {
    const schedule = { switchEpoch: 160, beta: 0.9999 };
    expect([...deferredWeights(cifar10, 159, schedule)]).toEqual(cifar10.map(() => 1));
    const cb = classWeights('effective-number', cifar10, { beta: 0.9999, normalisation: 'sumC' });
    expect([...deferredWeights(cifar10, 160, schedule)]).toEqual([...cb]);
  });
});
