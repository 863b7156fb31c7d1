import { describe, expect, it } from 'vitest';
import { binomialTest, falseDiscoveryCount } from '../../../src/methods/metrics';

/** The probabilities of 0 … n successes, term by term. */
const terms = (n: number, p: number): number[] => {
  const found = [(1 - p) ** n];
  for (let k = 1; k <= n; k++) found.push(((found[k - 1] ?? 0) * (n - k + 1) * p) / (k * (1 - p)));
  return found;
};

const bySumming = (k: number, n: number, p: number): number => {
  const all = terms(n, p);
  const sum = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0);
  return Math.min(1, 2 * Math.min(sum(all.slice(0, k + 1)), sum(all.slice(k))));
};

describe('binomialTest', () => {
  it('is what summing the terms gives', () => {
    for (const n of [1, 2, 7, 20, 61])
      for (const p of [0.01, 0.2, 0.5, 0.83])
        for (let k = 0; k <= n; k++)
          expect(binomialTest(k, n, p) / bySumming(k, n, p), `${k} of ${n}`).toBeCloseTo(1, 9);
  });

  it('knows the tosses of a coin', () => {
    expect(binomialTest(10, 10, 0.5)).toBeCloseTo(2 / 1024, 14);
    expect(binomialTest(5, 10, 0.5)).toBe(1);
    expect(binomialTest(0, 0, 0.5)).toBe(1);
  });

  it('stands many trials', () => {
    // Ten standard deviations of 500 from the mean: the normal tail is 1.5e-23.
    const far = binomialTest(505_000, 1_000_000, 0.5);
    expect(far).toBeGreaterThan(1e-23);
    expect(far).toBeLessThan(2e-23);
    expect(binomialTest(500_000, 1_000_000, 0.5)).toBe(1);
  });

  it('answers for shares of none and all', () => {
    expect(binomialTest(0, 5, 0)).toBe(1);
    expect(binomialTest(1, 5, 0)).toBe(0);
    expect(binomialTest(5, 5, 1)).toBe(1);
    expect(binomialTest(4, 5, 1)).toBe(0);
  });
});

describe('falseDiscoveryCount', () => {
  it('gives what the paper finds in its fifteen p-values', () => {
    const paper = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
      0.6528, 0.759, 1,
    ];
    expect(falseDiscoveryCount(paper)).toBe(4);
    expect(falseDiscoveryCount([...paper].reverse())).toBe(4);
  });

  it('keeps a later value that saves an earlier one', () => {
    expect(falseDiscoveryCount([0.04, 0.045, 0.9], 0.1)).toBe(2);
    expect(falseDiscoveryCount([])).toBe(0);
  });
});
