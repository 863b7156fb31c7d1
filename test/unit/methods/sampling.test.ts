import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  effectiveNumberSampling,
  grownSizes,
  medianFrequencyThreshold,
  progressiveProbabilities,
  progressiveShare,
  rarestCounts,
  repeatEpoch,
  repeatFactors,
  resamplePlan,
  reversedSampling,
  samplingProbabilities,
  shrunkSizes,
} from '../../../src/methods/sampling';
import { countOfLabels } from '../../../src/methods/labelSets';
import { labelSetsOf } from '../../support/labelSets';
import { apart, cifar10, fullCounts, rounded, someCounts, total } from './counts';

type Rule = (counts: readonly number[]) => Float64Array;
const powers = [1, 0.5, 0, -1].map((q): [string, Rule] => [
  `n^${q}`,
  (counts) => samplingProbabilities(counts, q),
]);
const rules: [string, Rule][] = [
  ...powers,
  ['reversed', (counts) => reversedSampling(counts).probabilities],
  ['progressive', (counts) => progressiveProbabilities(counts, 0.5)],
  ['effective number', (counts) => effectiveNumberSampling(counts, 0.9999).probabilities],
];

describe.each(rules)('sampling rule %s', (_name, rule) => {
  it('gives probabilities, 0 to empty classes only', () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const p = rule(counts);
        expect(total(p)).toBeCloseTo(1, 12);
        counts.forEach((n, j) => expect((p[j] ?? NaN) > 0).toBe(n > 0));
      }),
    );
  });

  it('treats equal counts alike', () => {
    const p = rule([40, 40, 40, 40]);
    expect(apart(p, [0.25, 0.25, 0.25, 0.25])).toBeLessThan(1e-15);
  });

  it('follows a permutation of the classes', () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const there = rule(counts);
        const back = rule([...counts].reverse()).reverse();
        expect(apart(there, back)).toBeLessThan(1e-12);
      }),
    );
  });
});

describe('power sampling', () => {
  it('is n / N for q 1 and uniform for q 0', () => {
    fc.assert(
      fc.property(fullCounts, (counts) => {
        const items = total(counts);
        expect(
          apart(
            samplingProbabilities(counts, 1),
            counts.map((n) => n / items),
          ),
        ).toBeLessThan(1e-12);
        const even = counts.map(() => 1 / counts.length);
        expect(apart(samplingProbabilities(counts, 0), even)).toBeLessThan(1e-12);
      }),
    );
  });

  it('gives the rarest class less as q grows', () => {
    fc.assert(
      fc.property(fullCounts, fc.double({ min: -3, max: 3, noNaN: true }), (counts, q) => {
        const rarest = counts.indexOf(Math.min(...counts));
        const now = samplingProbabilities(counts, q)[rarest] ?? NaN;
        const more = samplingProbabilities(counts, q + 0.5)[rarest] ?? NaN;
        expect(more).toBeLessThanOrEqual(now + 1e-12);
      }),
    );
  });

  it('does not overflow', () => {
    expect(total(samplingProbabilities([1e15, 1], 400))).toBe(1);
    expect(total(samplingProbabilities([1e15, 1], -400))).toBe(1);
  });

  it('has nothing to draw where every class is empty', () => {
    expect([...samplingProbabilities([0, 0], 0)]).toEqual([0, 0]);
  });

  // CIFAR-10-LT with imbalance factor 100: n^q normalised by hand to four digits.
  it('has the published shares on CIFAR-10-LT', () => {
    expect(rounded(samplingProbabilities(cifar10, 0.5), 4)).toEqual([
      0.2447, 0.1895, 0.1467, 0.1136, 0.0879, 0.0681, 0.0527, 0.0408, 0.0315, 0.0245,
    ]);
    expect(rounded(samplingProbabilities(cifar10, -1), 4)).toEqual([
      0.004, 0.0067, 0.0112, 0.0187, 0.0312, 0.052, 0.0867, 0.1447, 0.2424, 0.4024,
    ]);
  });

  it('reversed has the imbalance factor as ratio of rarest to largest', () => {
    const { probabilities } = reversedSampling(cifar10);
    expect((probabilities[9] ?? NaN) / (probabilities[0] ?? NaN)).toBeCloseTo(100, 10);
    expect(apart(probabilities, samplingProbabilities(cifar10, -1))).toBeLessThan(1e-15);
  });
});

describe('progressive sampling', () => {
  it('starts as the data is, ends balanced and is linear between', () => {
    const start = progressiveProbabilities(cifar10, 0);
    const end = progressiveProbabilities(cifar10, 1);
    expect(apart(start, samplingProbabilities(cifar10, 1))).toBe(0);
    expect(apart(end, samplingProbabilities(cifar10, 0))).toBe(0);
    const quarter = start.map((p, j) => 0.75 * p + 0.25 * (end[j] ?? NaN));
    expect(apart(progressiveProbabilities(cifar10, 0.25), quarter)).toBeLessThan(1e-15);
  });

  it('steps from 0 to 1 over the epochs and stays 0 in a single one', () => {
    expect([0, 1, 2, 3, 4].map((e) => progressiveShare(e, 5))).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(progressiveShare(0, 1)).toBe(0);
  });
});

describe('repeat factors', () => {
  const images = [[0], [0, 1], [0, 1, 2], []];

  it('are all 1 under a small threshold and never below', () => {
    const small = repeatFactors(labelSetsOf(images), 4, { threshold: 1e-9 });
    expect([...small.imageRepeat]).toEqual([1, 1, 1, 1]);
    expect(small.categoryRepeat).toEqual([1, 1, 1, null]);
  });

  // f = 1e-4 under t = 1e-3: sqrt(10); a docstring elsewhere once had the root wrong.
  it('are the root of threshold over frequency', () => {
    const many = Array.from({ length: 10000 }, (_, i) => (i === 0 ? [1] : [0]));
    const { categoryRepeat } = repeatFactors(labelSetsOf(many), 2, { threshold: 1e-3 });
    expect(categoryRepeat[1]).toBeCloseTo(Math.sqrt(10), 12);
  });

  it('are limited where that is asked for', () => {
    const rare = Array.from({ length: 10000 }, (_, i) => (i === 0 ? [1] : [0]));
    const { categoryRepeat } = repeatFactors(labelSetsOf(rare), 2, { threshold: 0.5, most: 10 });
    expect(categoryRepeat).toEqual([1, 10]);
  });

  it('make an epoch that follows from the rarest labels, at every threshold', () => {
    const made = fc.array(fc.uniqueArray(fc.nat({ max: 3 })), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(made, fc.double({ min: 1e-4, max: 1, noNaN: true }), (samples, threshold) => {
        const sets = labelSetsOf(samples);
        const { imageRepeat, expectedEpochSize } = repeatFactors(sets, 4, { threshold });
        const epoch = repeatEpoch(rarestCounts(sets, countOfLabels(sets, 4)), threshold);
        expect(epoch.length).toBeCloseTo(expectedEpochSize, 9);
        expect(epoch.samples).toBe(samples.length);
        expect(epoch.repeated).toBe(imageRepeat.filter((factor) => factor > 1).length);
      }),
    );
    // Two of four have label 1, of which one has label 2 as well; one has none.
    const sets = labelSetsOf([[0], [0, 1], [0, 1, 2], []]);
    expect(rarestCounts(sets, countOfLabels(sets, 4))).toEqual({
      counts: [1, 2, 3],
      samples: [1, 1, 1],
      without: 1,
    });
  });

  it('have the median frequency as default threshold', () => {
    expect(medianFrequencyThreshold([0.5, 0, 0.1, 0.3])).toBe(0.3);
    expect(medianFrequencyThreshold([0.5, 0.1])).toBeCloseTo(0.3, 15);
    expect(medianFrequencyThreshold([0])).toBe(0);
  });
});

describe('resample plan', () => {
  it('leaves empty classes empty', () => {
    expect(resamplePlan([6, 0, 1], 'over', 'auto').counts).toEqual([6, 0, 6]);
    expect(resamplePlan([6, 0, 2], 'under', 'auto').counts).toEqual([2, 0, 2]);
  });

  it('refuses a ratio for three classes and one that is passed already', () => {
    expect(() => resamplePlan([6, 3, 1], 'over', 0.5)).toThrow(RangeError);
    expect(() => resamplePlan([10, 8], 'over', 0.5)).toThrow(RangeError);
    expect(() => resamplePlan([10, 8], 'under', 0.5)).toThrow(RangeError);
  });
});

describe('re-sampling to a ratio', () => {
  it('grows to that share of the largest, or shrinks until the smallest is that share', () => {
    expect(grownSizes([100, 60, 0, 7], 0.5)).toEqual([100, 60, 0, 50]);
    expect(shrunkSizes([100, 60, 0, 7], 0.5)).toEqual([14, 14, 0, 7]);
  });

  it('with ratio 1 is full balance, as the strategies have it', () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        expect(grownSizes(counts, 1)).toEqual(resamplePlan(counts, 'over', 'auto').counts);
        expect(shrunkSizes(counts, 1)).toEqual(resamplePlan(counts, 'under', 'auto').counts);
      }),
    );
  });

  // imbalanced-learn's float strategy for two classes: int(n_max · ratio), int(n_min / ratio).
  it('of two classes is what a ratio strategy makes of them', () => {
    expect(grownSizes([90, 7], 0.5)).toEqual(resamplePlan([90, 7], 'over', 0.5).counts);
    expect(shrunkSizes([90, 7], 0.3)).toEqual(resamplePlan([90, 7], 'under', 0.3).counts);
  });
});
