import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveBands } from '../../../src/methods/bands';
import { distributionMeasures } from '../../../src/methods/distribution';
import { groupCounts } from '../../../src/methods/distribution/countGroups';
import { geometricMoments, exponentialMoments } from '../../../src/methods/distribution/rankLaws';
import { createRandom } from '../../../src/common/random';

fc.configureGlobal({ seed: 20261129 });

/** Many classes with few samples and few with many, some of none; now and then no whole numbers. */
const tails = fc.oneof(
  fc.array(fc.oneof(fc.nat(3), fc.nat(40), fc.nat(200_000)), { minLength: 2, maxLength: 300 }),
  fc.array(
    fc.integer({ min: 0, max: 9000 }).map((n) => n / 64),
    { minLength: 2, maxLength: 40 },
  ),
);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The definitions as they stand in the literature, an entry a class. */
const plainly = (counts: readonly number[]): Readonly<Record<string, number>> => {
  const sorted = counts.toSorted((a, b) => a - b);
  const falling = sorted.toReversed();
  const classes = counts.length;
  const total = sum(sorted);
  const shares = sorted.map((n) => n / total);
  const present = falling.filter((n) => n > 0);
  const mean = total / classes;
  const squares = sum(sorted.map((n) => (n - mean) ** 2));
  let running = 0;
  const eighty = falling.findIndex((n) => 5 * (running += n) >= 4 * total) + 1;
  return {
    numNonEmpty: present.length,
    total,
    max: falling[0] ?? NaN,
    minNonEmpty: present.at(-1) ?? NaN,
    median:
      ((sorted[Math.ceil(classes / 2) - 1] ?? NaN) + (sorted[Math.floor(classes / 2)] ?? NaN)) / 2,
    gini: sum(sorted.map((n, i) => (2 * (i + 1) - classes - 1) * n)) / (classes * total),
    entropy: -sum(shares.map((p) => (p > 0 ? p * Math.log(p) : 0))),
    hill2: 1 / sum(shares.map((p) => p * p)),
    hillInfinity: total / (falling[0] ?? NaN),
    headShare: sum(falling.slice(0, Math.ceil(classes / 5))) / total,
    classesFor80Percent: eighty,
    cvPopulation: Math.sqrt(squares / classes) / mean,
    cvSample: Math.sqrt(squares / (classes - 1)) / mean,
    effectiveSamples: sum(sorted.map((n) => (1 - 0.9999 ** n) / (1 - 0.9999))),
    'few.classes': sorted.filter((n) => n < 20).length,
    'few.samples': sum(sorted.filter((n) => n < 20)),
    'rare.classes': sorted.filter((n) => n > 0 && n <= 10).length,
    ...lines(present),
  };
};

/** Least squares of ln n over the ranks and over their logs. */
const lines = (present: readonly number[]): Readonly<Record<string, number>> => {
  if (new Set(present).size < 2) return {};
  const y = present.map(Math.log);
  const fit = (x: readonly number[]) => {
    const [xMean, yMean] = [sum(x) / x.length, sum(y) / x.length];
    const sxy = sum(x.map((value, i) => (value - xMean) * ((y[i] ?? NaN) - yMean)));
    const slope = sxy / sum(x.map((value) => (value - xMean) ** 2));
    const residual = sum(x.map((v, i) => ((y[i] ?? NaN) - yMean - slope * (v - xMean)) ** 2));
    return { slope, r2: 1 - residual / sum(y.map((value) => (value - yMean) ** 2)) };
  };
  const exponential = fit(present.map((_, k) => k));
  const zipf = fit(present.map((_, k) => Math.log(k + 1)));
  return {
    'expFit.logSlope': exponential.slope,
    'expFit.r2': exponential.r2,
    'zipfFit.exponent': -zipf.slope,
    'zipfFit.r2': zipf.r2,
  };
};

describe('groups of equal counts', () => {
  it('give every measure what an entry a class gives', () => {
    fc.assert(
      fc.property(tails, (counts) => {
        fc.pre(sum(counts) > 0);
        const measures = distributionMeasures(counts);
        for (const [name, value] of Object.entries(plainly(counts))) {
          const got = measures[name] ?? NaN;
          // 1 - beta^n cancels for a small n where it is written out as here.
          const digits = name === 'effectiveSamples' ? 1e-11 : 1e-12;
          expect(Math.abs(got - value), name).toBeLessThanOrEqual(
            digits * Math.max(1, Math.abs(value)) * counts.length,
          );
        }
      }),
    );
  });

  it('are the same whatever the order of the classes, to the last digit', () => {
    fc.assert(
      fc.property(tails, fc.nat(), (counts, seed) => {
        const random = createRandom(seed);
        const shuffled = counts
          .map((count) => ({ count, key: random.nextFloat() }))
          .sort((a, b) => a.key - b.key)
          .map(({ count }) => count);
        expect(distributionMeasures(shuffled)).toEqual(distributionMeasures(counts));
        expect(resolveBands(shuffled, 'auto').bands).toEqual(resolveBands(counts, 'auto').bands);
      }),
    );
  });

  it('hold every class once', () => {
    fc.assert(
      fc.property(tails, (counts) => {
        const { values, times, classes } = groupCounts(counts);
        const again = [...values].flatMap((value, i) => Array<number>(times[i] ?? 0).fill(value));
        expect(again).toEqual(counts.toSorted((a, b) => a - b));
        expect(classes).toBe(counts.length);
      }),
    );
  });
});

describe('laws over many ranks', () => {
  it.each([
    [1, 0.3],
    [17, 0],
    [5000, 1e-3],
    [9999, 2],
  ])('geometric shares of %d ranks at rate %d in blocks are those rank by rank', (ranks, rate) => {
    const x = Float64Array.from({ length: ranks }, (_, k) => k);
    const [blocks, each] = [geometricMoments(ranks, rate), exponentialMoments({ x }, rate)];
    for (const name of ['norm', 'mean', 'variance'] as const)
      expect(Math.abs(blocks[name] - each[name])).toBeLessThan(1e-11 * (1 + each[name]));
  });

  it('find the exponent of a rank law over so many that a thinned one comes first', () => {
    const counts = Array.from({ length: 20_000 }, (_, k) => 1e9 / (k + 1) ** 0.8);
    expect(distributionMeasures(counts)['zipfExponentMle']).toBeCloseTo(0.8, 10);
  });
});
