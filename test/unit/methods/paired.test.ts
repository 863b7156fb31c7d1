import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import {
  cellOf,
  falseDiscoveries,
  mcnemarTest,
  meanOfIntervals,
  pairedCounts,
  pairedDifference,
  pairedInterval,
  pOfHalfWidth,
  wholeOf,
  wilsonInterval,
} from '../../../src/methods/metrics';

describe('paired counts', () => {
  it('part the items of a class by which of the two is right', () => {
    const labels = [0, 0, 0, 1, 1];
    const counts = pairedCounts(labels, { a: [0, 0, 1, 1, 0], b: [0, 1, 0, 1, 0] }, 3);
    expect(cellOf(counts, 0)).toEqual({ items: 3, both: 1, onlyA: 1, onlyB: 1 });
    expect(cellOf(counts, 1)).toEqual({ items: 2, both: 1, onlyA: 0, onlyB: 0 });
    expect(cellOf(counts, 2)).toEqual({ items: 0, both: 0, onlyA: 0, onlyB: 0 });
    expect(wholeOf(counts)).toEqual({ items: 5, both: 2, onlyA: 1, onlyB: 1 });
  });
});

describe('the mean of several intervals', () => {
  const parts = [
    { value: 0.5, interval: [0.2, 0.6] },
    { value: -0.1, interval: [-0.5, 0.2] },
  ] as const;

  it('squares and adds the distances to the bounds, each with its weight', () => {
    const { value, interval } = meanOfIntervals(parts, [1, 1]);
    expect(value).toBeCloseTo(0.2, 12);
    // Below .3 and .4, above .1 and .3.
    expect(interval[0]).toBeCloseTo(0.2 - 0.5 / 2, 12);
    expect(interval[1]).toBeCloseTo(0.2 + Math.sqrt(0.1) / 2, 12);
    expect(meanOfIntervals(parts, [2, 0]).interval[0]).toBeCloseTo(0.2, 12);
    expect(meanOfIntervals(parts, [3, 1]).value).toBeCloseTo(0.35, 12);
  });
});

describe("McNemar's test", () => {
  const p = (onlyA: number, onlyB: number): number =>
    mcnemarTest({ items: 100, both: 50, onlyA, onlyB });

  it('counts the smaller tail of fair coins twice', () => {
    // 1 or fewer of 8: (1 + 8) / 256, twice.
    expect(p(1, 7)).toBeCloseTo(18 / 256, 12);
    expect(p(7, 1)).toBeCloseTo(18 / 256, 12);
    // 0 of 6: 1 / 64, twice.
    expect(p(0, 6)).toBeCloseTo(2 / 64, 12);
    expect(p(4, 4)).toBe(1);
    expect(p(0, 0)).toBe(1);
  });
});

describe('the interval of a paired difference', () => {
  it("is Wilson's intervals joined where nothing is shared", () => {
    // Products of discordant and concordant items equal: correlation 0. 4 · 4 = 4 · 4.
    const cell = { items: 16, both: 4, onlyA: 4, onlyB: 4 };
    const [low, high] = wilsonInterval(8, 16);
    const joint = Math.hypot(0.5 - low, high - 0.5);
    const [from, to] = pairedInterval(cell);
    expect(from).toBeCloseTo(-joint, 12);
    expect(to).toBeCloseTo(joint, 12);
  });

  it('is narrow where both agree, and turns over with the two', () => {
    const [low, high] = pairedInterval({ items: 200, both: 150, onlyA: 2, onlyB: 10 });
    expect(low).toBeGreaterThan(0);
    expect(high).toBeLessThan(0.1);
    const [turnedLow, turnedHigh] = pairedInterval({ items: 200, both: 150, onlyA: 10, onlyB: 2 });
    expect(turnedLow).toBeCloseTo(-high, 12);
    expect(turnedHigh).toBeCloseTo(-low, 12);
  });

  it('is defined where nothing moved, and without items', () => {
    const [low, high] = pairedInterval({ items: 20, both: 20, onlyA: 0, onlyB: 0 });
    // Nobody was wrong: 1 less the lower end of Wilson's interval of 20 of 20, on both sides.
    expect(high).toBeCloseTo(1 - wilsonInterval(20, 20)[0], 12);
    expect(low).toBeCloseTo(-high, 12);
    expect(pairedInterval({ items: 0, both: 0, onlyA: 0, onlyB: 0 })).toEqual([-1, 1]);
  });

  it('holds the truth about as often as it says, as does the bootstrap over classes', () => {
    // Chances of both, only a, only b right; two classes of 40 and 15 items.
    const chances = [0.5, 0.08, 0.2] as const;
    const truth = chances[2] - chances[1];
    const random = createRandom(5, 'coverage');
    const sizes = [40, 15];
    let [single, balanced] = [0, 0];
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      const labels = sizes.flatMap((size, j) => new Array<number>(size).fill(j));
      const predictions = labels.map((label) => {
        const u = random.nextFloat();
        const [both, a] = chances;
        const kind = u < both ? 3 : u < both + a ? 1 : u < both + a + chances[2] ? 2 : 0;
        return { a: kind & 1 ? label : 2, b: kind & 2 ? label : 2 };
      });
      const sides = { a: predictions.map(({ a }) => a), b: predictions.map(({ b }) => b) };
      const holds = ([low, high]: readonly [number, number]): boolean =>
        low <= truth && truth <= high;
      if (holds(pairedInterval(cellOf(pairedCounts(labels, sides, 3), 0)))) single++;
      const found = pairedDifference(labels, sides, 3, {
        random: createRandom(round, 'bootstrap'),
        resamples: 200,
      });
      if (holds(found.interval)) balanced++;
    }
    // 95 % less and plus three standard errors of 400 rounds (.011); percentile intervals of few
    // items are a little short.
    expect(single / rounds).toBeGreaterThan(0.917);
    expect(balanced / rounds).toBeGreaterThan(0.9);
    expect(balanced / rounds).toBeLessThan(0.983);
  });
});

describe('findings among many classes', () => {
  it('are those below the line of Benjamini and Hochberg', () => {
    // Lines at .05: .01 .02 .03 .04 .05. The third is above its own, the fourth below.
    expect(falseDiscoveries([0.9, 0.008, 0.039, 0.031, 0.012])).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(falseDiscoveries([0.2, 0.06])).toEqual([false, false]);
    expect(falseDiscoveries([])).toEqual([]);
  });
});

describe('the p-value of an interval', () => {
  it('is .05 where it just holds 0', () => {
    expect(pOfHalfWidth(0.1, 0.1)).toBeCloseTo(0.05, 5);
    expect(pOfHalfWidth(-0.1, 0.1)).toBeCloseTo(0.05, 5);
    // Two standard errors of a normal: .0455.
    expect(pOfHalfWidth(2, 1.959964)).toBeCloseTo(0.0455, 4);
    expect(pOfHalfWidth(0, 0)).toBe(1);
    expect(pOfHalfWidth(0.1, 0)).toBe(0);
  });
});
