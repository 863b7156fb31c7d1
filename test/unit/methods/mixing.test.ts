import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import {
  bilateralLogits,
  bilateralLoss,
  branchShare,
  drawBeta,
  mixRowsInto,
  mixTargets,
  remixFactor,
} from '../../../src/methods/mixing';
import { total } from './counts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.integer({ min: 1, max: 5000 });

describe('mixup', () => {
  it('with factor 1 is the identity and with 0 the partner', () => {
    const rows = [1, 2, 3, 4];
    const mixed = (factors: number[]): number[] => [
      ...mixRowsInto(new Float64Array(4), rows, 2, { partners: [1, 0], factors }),
    ];
    expect(mixed([1, 1])).toEqual(rows);
    expect(mixed([0, 0])).toEqual([3, 4, 1, 2]);
  });

  it('has targets that sum to 1, also where both labels are the same', () => {
    fc.assert(
      fc.property(share, (factor) => {
        const targets = mixTargets([0, 0, 2], 3, [1, 2, 0], [factor, factor, factor]);
        for (const row of [0, 3, 6]) expect(total(targets.subarray(row, row + 3))).toBeCloseTo(1);
        expect(targets[0]).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('the mixing factor', () => {
  const draws = 20000;

  // Beta(a, a): mean 1/2, variance 1 / (4 (2a + 1)).
  it.each([0.05, 0.4, 1, 3, 10])('has mean and variance of Beta(%d, %d)', (alpha) => {
    const random = createRandom(1, 'beta', alpha);
    const values = Array.from({ length: draws }, () => drawBeta(alpha, random));
    const mean = total(values) / draws;
    const variance = total(values.map((x) => (x - 0.5) ** 2)) / draws;
    const expected = 1 / (4 * (2 * alpha + 1));
    // Four standard errors; (x - 1/2)² lies in 0 … 1/4, so its deviation is at most 1/8.
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(expected / draws));
    expect(Math.abs(variance - expected)).toBeLessThan((4 * 0.125) / Math.sqrt(draws));
  });

  it('is even over 0 … 1 for a = 1', () => {
    const random = createRandom(2, 'beta');
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < draws; i++) bins[Math.floor(drawBeta(1, random) * 10)]!++;
    const chiSquare = total(bins.map((n) => (n - draws / 10) ** 2 / (draws / 10)));
    // 99.9 % point of chi-square with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.88);
  });

  it('goes to 0 or 1 as a goes to 0, never to 0 / 0', () => {
    const random = createRandom(3, 'beta');
    for (let i = 0; i < 2000; i++) {
      const value = drawBeta(1e-6, random);
      expect(Math.min(value, 1 - value)).toBeLessThan(1e-3);
    }
  });
});

describe('remix', () => {
  const paper = { kappa: 3, tau: 0.5 };

  it.each([
    [500, 50, 0.3, 0],
    [500, 50, 0.7, 0.7],
    [50, 500, 0.7, 1],
    [50, 500, 0.3, 0.3],
    [100, 50, 0.3, 0.3],
    [150, 50, 0.49, 0],
  ])('%d with %d at %d labels %d', (own, partner, lambda, expected) => {
    expect(remixFactor(own, partner, lambda, paper)).toBe(expected);
  });

  it('is mixup for tau 0, endless kappa and equal counts', () => {
    fc.assert(
      fc.property(count, count, share, (own, partner, lambda) => {
        expect(remixFactor(own, partner, lambda, { kappa: 3, tau: 0 })).toBe(lambda);
        expect(remixFactor(own, partner, lambda, { kappa: 1e9, tau: 0.5 })).toBe(lambda);
        expect(remixFactor(own, own, lambda, paper)).toBe(lambda);
      }),
    );
  });

  it('seen from the partner gives the rest', () => {
    fc.assert(
      fc.property(count, count, fc.integer({ min: 0, max: 64 }), (own, partner, k) => {
        const there = remixFactor(own, partner, k / 64, paper);
        expect(remixFactor(partner, own, 1 - k / 64, paper)).toBe(1 - there);
      }),
    );
  });
});

describe('two branches', () => {
  const labels = { a: [0, 1], b: [1, 1] };
  const logits = [2, 0, 0, 1];

  it('alpha 1 is the conventional loss alone, alpha 0 the re-balancing one', () => {
    const both = bilateralLoss(logits, 2, labels, 1);
    expect(both.loss).toBe(bilateralLoss(logits, 2, { a: labels.a, b: labels.a }, 0.3).loss);
    const other = bilateralLoss(logits, 2, labels, 0);
    expect(other.loss).toBe(bilateralLoss(logits, 2, { a: labels.b, b: labels.b }, 0.7).loss);
  });

  it('alpha falls from 1, and one half is plain concatenation', () => {
    const alphas = [1, 50, 100, 150, 200].map((e) => branchShare('parabolicDecay', e, 200));
    expect(alphas.map((a) => Number(a.toFixed(3)))).toEqual([1, 0.94, 0.755, 0.445, 0.01]);
    const classifier = { weights: [1, 2, 3, 4], bias: [0.5, -0.5], width: 1 };
    const mixed = bilateralLogits({ a: [10], b: [20] }, classifier, 0.5);
    expect([...mixed]).toEqual([10 + 40 + 0.5, 30 + 80 - 0.5]);
  });
});
