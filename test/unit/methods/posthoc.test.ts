import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import {
  adjustLogits,
  bestThreshold,
  chooseTau,
  linearLogits,
  nearestMean,
  predictAdjusted,
  predictRows,
  rescaleToUniform,
  rowNorms,
  scaleRows,
  shiftPrior,
  tauNormalise,
  thresholdValue,
} from '../../../src/methods/posthoc';
import { classPrior, logPrior } from '../../../src/methods/priors';
import { softmaxRows } from '../../../src/methods/softmax';
import { apart, fullCounts, rounded } from './counts';

const toyCounts = [100, 10, 1];
const toyLogits = [2, 1, 0, 0, 1, 2, 1, 1, 1];

const someLogits = (classes: number, seed: number, rows = 6): Float64Array => {
  const random = createRandom(seed, 'logits');
  return Float64Array.from({ length: rows * classes }, () => 3 * random.nextNormal());
};

describe('post-hoc adjustment', () => {
  it('has its toy values: the rarest class wins everywhere', () => {
    const adjusted = adjustLogits(toyLogits, 3, logPrior(toyCounts).values, 1);
    expect(rounded(adjusted.subarray(0, 3), 4)).toEqual([2.1044, 3.4069, 4.7095]);
    expect([...predictRows(adjusted, 3)]).toEqual([2, 2, 2]);
  });

  it('is the identity for tau 0; a uniform prior changes no prediction', () => {
    fc.assert(
      fc.property(fullCounts, fc.nat(), (counts, seed) => {
        const classes = counts.length;
        const logits = someLogits(classes, seed);
        expect([...adjustLogits(logits, classes, logPrior(counts).values, 0)]).toEqual([...logits]);
        const even = logPrior(counts.map(() => 1)).values;
        const predictions = predictRows(adjustLogits(logits, classes, even, 1), classes);
        expect([...predictions]).toEqual([...predictRows(logits, classes)]);
      }),
    );
  });

  it('with tau 1 divides the probabilities by the prior', () => {
    const logits = someLogits(3, 1);
    const prior = classPrior(toyCounts);
    const p = softmaxRows(adjustLogits(logits, 3, logPrior(toyCounts).values, 1), 3);
    const raw = softmaxRows(logits, 3).map((value, i) => value / (prior[i % 3] ?? NaN));
    const byHand = raw.map((value, i) => {
      const row = i - (i % 3);
      return (
        value /
        (raw[row] ?? NaN) /
        (1 + ((raw[row + 1] ?? NaN) + (raw[row + 2] ?? NaN)) / (raw[row] ?? NaN))
      );
    });
    expect(apart(p, byHand)).toBeLessThan(1e-12);
  });

  it('never predicts a class without training items', () => {
    const adjusted = adjustLogits([0, 9, 1], 3, logPrior([5, 0, 5]).values, 1);
    expect([...predictRows(adjusted, 3)]).toEqual([2]);
  });

  it('predicts the same without the adjusted matrix', () => {
    fc.assert(
      fc.property(fullCounts, fc.nat(), fc.constantFrom(0, 0.5, 1, 2), (given, seed, tau) => {
        const counts = [...given, 0];
        const logs = logPrior(counts).values;
        const logits = someLogits(counts.length, seed);
        const slow = predictRows(adjustLogits(logits, counts.length, logs, tau), counts.length);
        expect([...predictAdjusted(logits, counts.length, logs, tau)]).toEqual([...slow]);
      }),
    );
  });

  it('refuses a prior of another length', () => {
    expect(() => adjustLogits(toyLogits, 3, [0, 0], 1)).toThrow(RangeError);
  });

  it('prior shift there and back is the identity', () => {
    fc.assert(
      fc.property(fullCounts, fc.nat(), (counts, seed) => {
        const classes = counts.length;
        const logits = someLogits(classes, seed);
        const a = logPrior(counts).values;
        const b = logPrior(counts.map((n) => n * n)).values;
        const there = shiftPrior(logits, classes, { trained: a, target: b });
        const back = shiftPrior(there, classes, { trained: b, target: a });
        expect(apart(back, logits)).toBeLessThan(1e-9);
        expect(apart(shiftPrior(logits, classes, { trained: a, target: a }), logits)).toBe(0);
      }),
    );
  });

  it('of two classes is the rescaled probability', () => {
    const logits = someLogits(2, 3);
    const positive = (values: Float64Array): Float64Array =>
      softmaxRows(values, 2).filter((_, i) => i % 2 === 1);
    const shifted = adjustLogits(logits, 2, logPrior([980, 20]).values, 1);
    expect(apart(rescaleToUniform(positive(logits), 20, 980), positive(shifted))).toBeLessThan(
      1e-12,
    );
  });
});

describe('classifier weights', () => {
  const weights = [3, 4, 1, 0, 0, 0.5];

  it('tau-normalised have their toy logits', () => {
    const at = (tau: number) => linearLogits([1, 2], tauNormalise(weights, 2, tau), 2);
    expect([...at(0)]).toEqual([11, 1, 1]);
    expect(rounded(at(0.5), 6)).toEqual([4.91935, 1, 1.414214]);
    expect(rounded(at(1), 12)).toEqual([2.2, 1, 2]);
    expect(apart(rowNorms(tauNormalise(weights, 2, 1), 2), [1, 1, 1])).toBeLessThan(1e-15);
  });

  it('stay finite for a dead row, and scales of 1 leave them', () => {
    expect([...tauNormalise([0, 0, 1, 1], 2, 1)].every(Number.isFinite)).toBe(true);
    expect([...scaleRows(weights, 2, [1, 1, 1])]).toEqual(weights);
  });
});

describe('nearest class mean', () => {
  const features = [2, 0, 4, 0, 0, 2, 0, 4];
  const labels = [0, 0, 2, 2];
  const shape = { width: 2, classes: 3 };

  it('never predicts a class without items and finds the others', () => {
    const model = nearestMean(features, labels, shape);
    expect([...predictRows(model.scores([5, 1, 1, 5]), 3)]).toEqual([0, 2]);
    expect(model.scores([5, 1])[1]).toBe(-Infinity);
  });

  it('does not depend on the scale of the features', () => {
    const model = nearestMean(features, labels, shape);
    const tenfold = nearestMean(
      features.map((f) => 10 * f),
      labels,
      shape,
    );
    expect(apart(model.scores([5, 1]), tenfold.scores([50, 10]))).toBeLessThan(1e-12);
  });

  it('with one item a class has that item as mean', () => {
    const model = nearestMean(
      [1, 2, 3, 4],
      [0, 1],
      { width: 2, classes: 2 },
      {
        features: 'raw',
        similarity: 'l2',
      },
    );
    expect([...model.means]).toEqual([1, 2, 3, 4]);
    expect([...model.scores([3, 4])]).toEqual([-8, -0]);
  });
});

describe('threshold search', () => {
  it('reaches its best value anywhere inside a best interval, and nowhere more', () => {
    const item = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), (more) => {
        const items = [...more, [3, 0] as const, [7, 1] as const];
        const scores = items.map(([score]) => score / 20);
        const labels = items.map(([, label]) => label);
        for (const objective of ['f1', 'balancedAccuracy', 'gMean'] as const) {
          const found = bestThreshold(scores, labels, objective);
          for (const [low, high] of found.bestIntervals) {
            const inside = low === -Infinity ? high : (low + high) / 2;
            const value = thresholdValue(scores, labels, inside, objective);
            expect(value).toBeCloseTo(found.bestValue, 10);
          }
          for (let t = -0.01; t < 1.1; t += 0.013)
            expect(thresholdValue(scores, labels, t, objective)).toBeLessThanOrEqual(
              found.bestValue + 1e-12,
            );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('needs items of both classes', () => {
    expect(() => bestThreshold([0.1, 0.2], [0, 0], 'f1')).toThrow(RangeError);
    expect(() => bestThreshold([], [], 'gMean')).toThrow(RangeError);
  });
});

describe('choice of tau', () => {
  const counts = [900, 90, 10];
  const logs = logPrior(counts).values;

  /** Items whose logits are a clean signal plus `lean` times the log prior. */
  const validationSet = (perClass: number, lean: number) => {
    const random = createRandom(11, 'tau');
    const labels = Array.from({ length: 3 * perClass }, (_, i) => i % 3);
    const logits = labels.flatMap((label) =>
      [0, 1, 2].map((j) => 2 * Number(j === label) + random.nextNormal() + lean * (logs[j] ?? NaN)),
    );
    return { logits, labels, classes: 3 };
  };

  it('stays 1 where a class has fewer than 20 validation items', () => {
    const choice = chooseTau(validationSet(19, 0), logs, { random: createRandom(1) });
    expect(choice).toMatchObject({
      tau: 1,
      reason: 'tau.fewItems',
      fewestItems: 19,
      against: null,
    });
    expect(choice.tried).toHaveLength(21);
  });

  it('stays 1 where the logits carry the prior once', () => {
    const choice = chooseTau(validationSet(100, 1), logs, { random: createRandom(1) });
    expect(choice).toMatchObject({ tau: 1, reason: 'tau.noDifference' });
  });

  it('moves towards 0 where the logits do not carry the prior', () => {
    const choice = chooseTau(validationSet(200, 0), logs, { random: createRandom(1) });
    expect(choice.reason).toBe('tau.tuned');
    expect(choice.tau).toBeLessThan(0.5);
    expect(choice.against?.interval[0]).toBeGreaterThan(0);
  });

  it('is the same for the same seed, and tries 1 whatever the grid', () => {
    const set = validationSet(100, 0.5);
    const choose = () => chooseTau(set, logs, { random: createRandom(4), grid: [0, 2] });
    expect(choose()).toEqual(choose());
    expect(choose().tried.map((t) => t.tau)).toEqual([0, 1, 2]);
  });

  it('asks only classes with training items for validation items', () => {
    const set = validationSet(100, 1);
    const choice = chooseTau(
      { ...set, logits: set.logits.flatMap((z, i) => (i % 3 === 2 ? [z, 0] : [z])), classes: 4 },
      logPrior([...counts, 0]).values,
      { random: createRandom(1) },
    );
    expect(choice).toMatchObject({ tau: 1, reason: 'tau.noDifference', fewestItems: 100 });
  });

  it('throws without items', () => {
    const none = { logits: [], labels: [], classes: 3 };
    expect(() => chooseTau(none, logs, { random: createRandom(1) })).toThrow(RangeError);
  });
});
