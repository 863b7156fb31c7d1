import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import type { Random } from '../../../src/common/random';
import {
  accuracy,
  auroc,
  averagePrecision,
  balancedAccuracy,
  balancedAccuracyInterval,
  calibration,
  confusionMatrix,
  gMean,
  matthews,
  pairedDifference,
  quantile,
  recalls,
  scorePredictions,
  wilsonInterval,
} from '../../../src/methods/metrics';
import { binomialSampler } from '../../../src/methods/metrics/binomial';
import { apart } from './counts';

const random = (): Random => createRandom(5, 'metrics');

describe('intervals', () => {
  it('binomial draws have the mean and variance they should', () => {
    for (const [trials, p] of [
      [1, 0.3],
      [40, 0.05],
      [5000, 0.98],
      [200000, 0.5],
    ] as const) {
      const draw = binomialSampler(trials, p);
      const source = random();
      const values = Array.from({ length: 20000 }, () => draw(source));
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
      const sd = Math.sqrt(trials * p * (1 - p));
      // Five standard errors of a mean over 20,000 draws; 5 % of the variance is also about five.
      expect(Math.abs(mean - trials * p)).toBeLessThan((5 * sd) / Math.sqrt(20000));
      expect(Math.abs(variance / sd ** 2 - 1)).toBeLessThan(trials === 1 ? 0.1 : 0.05);
    }
    expect(binomialSampler(9, 0)(random())).toBe(0);
    expect(binomialSampler(9, 1)(random())).toBe(9);
    expect(binomialSampler(0, 0.5)(random())).toBe(0);
  });

  it('the interval agrees with resampling the items themselves', () => {
    const support = [30, 12, 0];
    const correct = [24, 3, 0];
    const [low, high] = balancedAccuracyInterval(correct, support, {
      random: random(),
      resamples: 20000,
    });
    const source = createRandom(6, 'direct');
    const direct = Float64Array.from({ length: 20000 }, () => {
      let total = 0;
      for (const [j, items] of support.slice(0, 2).entries()) {
        let right = 0;
        for (let i = 0; i < items; i++) if (source.nextInt(items) < (correct[j] ?? 0)) right++;
        total += right / items / 2;
      }
      return total;
    }).sort();
    // The statistic moves in steps of 1/60 and 1/24; ends may differ by one step of the finer.
    expect(Math.abs(low - quantile(direct, 0.025))).toBeLessThan(1 / 60);
    expect(Math.abs(high - quantile(direct, 0.975))).toBeLessThan(1 / 60);
  });

  it('is as wide as Wilson says where resampling shows no spread, to the side that can be', () => {
    // 3 of 3 and 4 of 4 right reach down to n / (n + z²): .44 and .51.
    const down = [3, 4].map((n) => 1 - n / (n + 1.959963984540054 ** 2));
    const [low, high] = balancedAccuracyInterval([3, 4], [3, 4], { random: random() });
    expect(low).toBeCloseTo(1 - Math.hypot(...down) / 2, 12);
    expect(high).toBe(1);
    const [none, some] = balancedAccuracyInterval([0, 4], [3, 4], { random: random() });
    expect(none).toBeCloseTo(0.5 - (down[1] ?? NaN) / 2, 12);
    expect(some).toBeCloseTo(0.5 + (down[0] ?? NaN) / 2, 12);
  });

  it('is the same for the same seed', () => {
    const once = balancedAccuracyInterval([3, 1], [9, 4], { random: random() });
    expect(balancedAccuracyInterval([3, 1], [9, 4], { random: random() })).toEqual(once);
  });

  it('holds the truth in about 95 of 100 repetitions', () => {
    const source = random();
    let held = 0;
    for (let repeat = 0; repeat < 400; repeat++) {
      const correct = [binomialSampler(200, 0.9)(source), binomialSampler(100, 0.5)(source)];
      const [low, high] = balancedAccuracyInterval(correct, [200, 100], {
        random: createRandom(repeat),
        resamples: 400,
      });
      if (low <= 0.7 && 0.7 <= high) held++;
    }
    // 380 expected, standard error 4.4; the percentile interval is a little short.
    expect(held).toBeGreaterThan(360);
    expect(held).toBeLessThan(398);
  });

  it('paired: the same predictions differ by 0, a clear gain excludes 0, a tiny one does not', () => {
    const labels = Array.from({ length: 300 }, (_, i) => i % 3);
    const wrong = labels.map((label, i) => (i % 5 === 0 ? (label + 1) % 3 : label));
    const compare = (a: number[], b: number[]) =>
      pairedDifference(labels, { a, b }, 3, { random: random() });
    expect(compare(wrong, wrong)).toEqual({ difference: 0, interval: [0, 0], excludesZero: false });
    const gain = compare(wrong, labels);
    expect(gain.difference).toBeCloseTo(0.2, 12);
    expect(gain.excludesZero).toBe(true);
    const almost = labels.map((label, i) => (i === 7 ? (label + 1) % 3 : label));
    expect(compare(almost, labels).excludesZero).toBe(false);
    expect(compare(labels, wrong).difference).toBeCloseTo(-0.2, 12);
  });

  // Score interval by its closed form: 8 of 10 and 0 of 10 at 95 %.
  it('Wilson has its textbook values', () => {
    expect(wilsonInterval(8, 10)[0]).toBeCloseTo(0.4902, 4);
    expect(wilsonInterval(8, 10)[1]).toBeCloseTo(0.9433, 4);
    expect(wilsonInterval(0, 10)[0]).toBe(0);
    expect(wilsonInterval(0, 10)[1]).toBeCloseTo(0.2775, 4);
    expect(wilsonInterval(10, 10)[1]).toBe(1);
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });
});

describe('ranking', () => {
  const items = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.boolean()), {
    minLength: 1,
    maxLength: 40,
  });

  it('AUROC is the share of pairs ranked right, a tie counting half', () => {
    fc.assert(
      fc.property(items, (given) => {
        const scores = given.map(([score]) => score);
        const labels = given.map(([, positive]) => Number(positive));
        const up = scores.filter((_, i) => labels[i] === 1);
        const down = scores.filter((_, i) => labels[i] === 0);
        const area = auroc(scores, labels);
        if (up.length === 0 || down.length === 0) {
          expect(area).toBeNull();
          return;
        }
        const right = up.flatMap((u) => down.map((d): number => (u > d ? 1 : u === d ? 0.5 : 0)));
        expect(area).toBeCloseTo(right.reduce((a, b) => a + b, 0) / right.length, 12);
      }),
    );
  });

  it('average precision is 1 for a perfect order and the positive share for one score', () => {
    expect(averagePrecision([3, 2, 1], [1, 1, 0])).toBe(1);
    expect(averagePrecision([1, 1, 1, 1], [1, 0, 0, 0])).toBe(0.25);
    expect(averagePrecision([1], [0])).toBeNull();
  });
});

describe('confusion', () => {
  it('accuracy is balanced accuracy where the split is balanced', () => {
    const labels = Array.from({ length: 30 }, (_, i) => i % 3);
    const k = confusionMatrix(
      labels,
      labels.map((_, i) => (i * 7) % 3),
      3,
    );
    expect(accuracy(k)).toBeCloseTo(balancedAccuracy(k), 12);
  });

  it('G-mean is 0 with a class never found, and a correction replaces only that', () => {
    const k = confusionMatrix([0, 0, 1, 1], [0, 0, 0, 0], 2);
    expect(gMean(k)).toBe(0);
    expect(gMean(k, 0.001)).toBeCloseTo(Math.sqrt(0.001), 12);
    const good = confusionMatrix([0, 1, 1], [0, 1, 0], 2);
    expect(gMean(good, 0.001)).toBe(gMean(good));
  });

  it('Matthews of two classes is the four-cell formula', () => {
    const k = confusionMatrix([1, 1, 1, 0, 0, 0, 0], [1, 1, 0, 0, 0, 1, 0], 2);
    // TP 2, FN 1, FP 1, TN 3.
    expect(matthews(k)).toBeCloseTo((2 * 3 - 1 * 1) / Math.sqrt(3 * 3 * 4 * 4), 12);
  });
});

describe('calibration', () => {
  it('is near 0 for calibrated predictions and 1 for certain wrong ones', () => {
    const source = random();
    const items = 200000;
    const p = new Float64Array(2 * items);
    const labels = new Uint8Array(items);
    for (let i = 0; i < items; i++) {
      const confidence = 0.5 + source.nextFloat() / 2;
      p.set([confidence, 1 - confidence], 2 * i);
      labels[i] = source.nextFloat() < confidence ? 0 : 1;
    }
    // 8 bins hold 25,000 items each: standard error of a bin below .0032.
    expect(calibration(p, labels, 2).ece).toBeLessThan(0.008);
    expect(calibration([1, 0, 1, 0], [1, 1], 2).ece).toBe(1);
  });

  it('closes bins on the right', () => {
    const { binCounts } = calibration([0.6, 0.4, 0.7, 0.3], [0, 0], 2, 10);
    expect([...binCounts]).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 0]);
  });
});

describe('scores of a split', () => {
  const split = {
    classNames: ['ant', 'bee', 'cat', 'dog'],
    trainCounts: [200, 50, 5, 0],
    assignment: ['many', 'medium', 'few', 'few'] as const,
    labels: [0, 0, 1, 2, 2],
    // Predictions 0, 1, 1, 2, 0.
    logits: [9, 0, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 0, 9, 0, 9, 0, 0, 0],
  };

  it('leave out classes without items and name what they hold', () => {
    const scores = scorePredictions(split, { random: random(), resamples: 200 });
    expect(scores).toMatchObject({
      samples: 5,
      accuracy: 0.6,
      many: { recall: 0.5, classes: 1 },
      medium: { recall: 1, classes: 1 },
      few: { recall: 0.5, classes: 2 },
      worstClass: { name: 'ant', recall: 0.5 },
      binary: null,
    });
    expect(scores.balancedAccuracy).toBeCloseTo(2 / 3, 12);
    expect(scores.macroF1).toBeCloseTo((0.5 + 2 / 3 + 2 / 3) / 3, 12);
    expect(scores.gMean).toBeCloseTo(0.25 ** (1 / 3), 12);
    expect(scores.classes[3]).toEqual({
      name: 'dog',
      trainCount: 0,
      testCount: 0,
      recall: null,
      precision: null,
    });
    expect(scores.confusion[2]).toEqual([1, 0, 1, 0]);
    const [low, high] = scores.balancedAccuracyInterval;
    expect(low).toBeLessThanOrEqual(scores.balancedAccuracy);
    expect(high).toBeGreaterThanOrEqual(scores.balancedAccuracy);
    expect(JSON.parse(JSON.stringify(scores))).toEqual(scores);
  });

  it('a band without classes or items is null, never 0', () => {
    const none = scorePredictions(
      { ...split, assignment: ['many', 'many', 'many', 'few'] },
      { random: random(), resamples: 10 },
    );
    expect(none.medium).toEqual({ recall: null, classes: 0 });
    expect(none.few).toEqual({ recall: null, classes: 1 });
  });

  it('of two classes take the rarer in training as positive', () => {
    const two = {
      classNames: ['rare', 'common'],
      trainCounts: [10, 90],
      assignment: ['few', 'medium'] as const,
      labels: [0, 0, 1, 1, 1],
      logits: [2, 0, 0, 1, 0, 3, 1, 0, 0, 2],
    };
    const { binary } = scorePredictions(two, { random: random(), resamples: 10 });
    // Margins for the rare class 2, -1, -3, 1, -2: order + - + - -, 5 of 6 pairs right.
    expect(binary?.auroc).toBeCloseTo(5 / 6, 12);
    expect(binary?.averagePrecision).toBeCloseTo((1 + 2 / 3) / 2, 12);
    const alone = { ...two, labels: [1], logits: [0, 1] };
    expect(scorePredictions(alone, { random: random(), resamples: 10 }).binary).toBeNull();
  });

  it('throws for no items and for a wrong shape', () => {
    const options = { random: random() };
    expect(() => scorePredictions({ ...split, labels: [], logits: [] }, options)).toThrow(
      RangeError,
    );
    expect(() => scorePredictions({ ...split, labels: [0] }, options)).toThrow(RangeError);
  });

  it('recalls of 1,000 classes are those of the items', () => {
    const labels = Array.from({ length: 5000 }, (_, i) => i % 1000);
    const k = confusionMatrix(
      labels,
      labels.map((label, i) => (i < 2500 ? label : 0)),
      1000,
    );
    expect(apart(recalls(k).subarray(1, 500), new Float64Array(499).fill(0.6))).toBeLessThan(1e-12);
  });
});
