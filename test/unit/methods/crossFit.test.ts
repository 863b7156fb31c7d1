import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { pairedDifference } from '../../../src/methods/metrics';
import {
  addOffsets,
  adjustLogits,
  chooseTauBy,
  crossFit,
  foldParts,
  predictRows,
  priorOffsets,
  shiftPrior,
  stratifiedFolds,
} from '../../../src/methods/posthoc';
import { logPrior } from '../../../src/methods/priors';
import { apart, fullCounts } from './counts';

describe('stratified folds', () => {
  it('share every stratum, and all items, as evenly as it goes', () => {
    const label = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 60 }), fc.nat(), (labels, seed) => {
        const folds = stratifiedFolds(labels, 5, createRandom(seed));
        const sizes = (of: (i: number) => boolean): number[] =>
          [0, 1, 2, 3, 4].map((f) => labels.filter((_, i) => folds[i] === f && of(i)).length);
        const spread = (counts: number[]): number => Math.max(...counts) - Math.min(...counts);
        expect(spread(sizes(() => true))).toBeLessThanOrEqual(1);
        for (const stratum of new Set(labels))
          expect(spread(sizes((i) => labels[i] === stratum))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('depend on the seed alone, and need at least two', () => {
    const labels = Array.from({ length: 40 }, (_, i) => i % 3);
    const at = (seed: number) => [...stratifiedFolds(labels, 5, createRandom(seed))];
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(2));
    expect(() => stratifiedFolds(labels, 1, createRandom(1))).toThrow(RangeError);
  });

  it('give every item once to what was fitted without it', () => {
    const folds = stratifiedFolds(
      Array.from({ length: 23 }, (_, i) => i % 4),
      5,
      createRandom(3),
    );
    const used: number[] = [];
    crossFit(
      folds,
      (items) => new Set(items),
      (seen, items) => {
        for (const item of items) {
          expect(seen.has(item)).toBe(false);
          used.push(item);
        }
        expect(seen.size + items.length).toBe(23);
      },
    );
    expect(used.sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, i) => i));
    expect(foldParts([0, 2])).toHaveLength(2);
  });
});

describe('cross-fitted choice of tau', () => {
  it('compares with 1 what was chosen without the item itself', () => {
    // Setting 0 is right on the even items of the class, setting 2 on the odd ones, 1 on neither:
    // looked at on its own items one of the two always wins, across folds they are even at best.
    const labels = Array.from({ length: 80 }, (_, i) => i % 2);
    const predict = (tau: number): Int32Array =>
      Int32Array.from(labels, (label, i) => {
        const right = tau === 1 || (tau === 0) === (Math.floor(i / 2) % 2 === 0);
        return right ? label : 1 - label;
      });
    const choice = chooseTauBy({ labels, trained: [true, true] }, predict, {
      random: createRandom(2),
      grid: [0, 2],
    });
    expect(choice.tau).toBe(1);
    expect(choice.tried.map((t) => t.balancedAccuracy)).toEqual([0.5, 1, 0.5]);
  });

  it('reports a tau for every item, each from the grid', () => {
    const labels = Array.from({ length: 60 }, (_, i) => i % 3);
    const choice = chooseTauBy(
      { labels, trained: [true, true, true] },
      (tau) => Int32Array.from(labels, (label) => (tau === 0.5 ? label : 0)),
      { random: createRandom(2), grid: [0, 0.5] },
    );
    expect(choice).toMatchObject({ tau: 0.5, reason: 'tau.tuned' });
    expect([...(choice.crossFitted ?? [])]).toEqual(labels.map(() => 0.5));
    expect(choice.against?.difference).toBeCloseTo(2 / 3, 12);
  });
});

describe('offsets', () => {
  it('are the logit adjustment for a uniform target, the prior shift for tau 1', () => {
    fc.assert(
      fc.property(fullCounts, fc.constantFrom(0, 0.5, 1, 2), (counts, tau) => {
        const classes = counts.length;
        const random = createRandom(classes, 'z');
        const logits = Float64Array.from({ length: 4 * classes }, () => random.nextNormal());
        const trained = logPrior(counts).values;
        const even = new Float64Array(classes);
        const offsets = priorOffsets({ trained, target: even }, tau);
        expect(
          apart(
            addOffsets(logits, classes, () => offsets),
            adjustLogits(logits, classes, trained, tau),
          ),
        ).toBeLessThan(1e-12);
        const target = logPrior(counts.map((n) => n * n)).values;
        const shift = priorOffsets({ trained, target }, 1);
        expect(
          apart(
            addOffsets(logits, classes, () => shift),
            shiftPrior(logits, classes, { trained, target }),
          ),
        ).toBeLessThan(1e-12);
      }),
    );
  });

  it('take out a class without training items, and one the target lacks', () => {
    const trained = logPrior([3, 0, 1]).values;
    const target = [0, 0, -Infinity];
    const offsets = priorOffsets({ trained, target }, 1);
    expect(offsets[1]).toBe(-Infinity);
    expect(offsets[2]).toBe(-Infinity);
    expect([
      ...predictRows(
        addOffsets([0, 9, 9], 3, () => offsets),
        3,
      ),
    ]).toEqual([0]);
  });

  it('may differ from row to row', () => {
    const rows = [
      [1, 0],
      [0, 1],
    ];
    expect([...addOffsets([0, 0, 0, 0], 2, (row) => rows[row] ?? [])]).toEqual([1, 0, 0, 1]);
  });
});

describe('paired difference', () => {
  it('weighs the recalls by the shares the classes will have', () => {
    // b gains the two items of class 0 and loses one of the four of class 1.
    const labels = [0, 0, 1, 1, 1, 1];
    const a = [1, 1, 1, 1, 1, 1];
    const b = [0, 0, 0, 1, 1, 1];
    const options = { random: createRandom(1) };
    expect(pairedDifference(labels, { a, b }, 2, options).difference).toBeCloseTo(0.375, 12);
    const shares = [0.1, 0.9];
    const { difference } = pairedDifference(labels, { a, b }, 2, { ...options, shares });
    expect(difference).toBeCloseTo(0.1 * 1 - 0.9 * 0.25, 12);
  });
});
