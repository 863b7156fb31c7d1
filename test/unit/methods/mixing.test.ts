import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bilateralLogits,
  bilateralLoss,
  branchShare,
  mixRows,
  mixTargets,
  remixFactor,
} from '../../../src/methods/mixing';
import { total } from './counts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.integer({ min: 1, max: 5000 });

describe('mixup', () => {
  it('with factor 1 is the identity and with 0 the partner', () => {
    const rows = [1, 2, 3, 4];
    expect([...mixRows(rows, 2, [1, 0], [1, 1])]).toEqual(rows);
    expect([...mixRows(rows, 2, [1, 0], [0, 0])]).toEqual([3, 4, 1, 2]);
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
