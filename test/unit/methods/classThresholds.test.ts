import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import {
  addOffsets,
  classThresholdOffsets,
  predictRows,
  rivalsOf,
  searchOffsets,
  thresholdsOfOffsets,
  type ClassItems,
} from '../../../src/methods/posthoc';

const drain = <T>(search: Generator<undefined, T>): T => {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
};

/** Balanced accuracy as a sum of terms. */
const recallTerm = (labels: Int32Array, classes: number): ClassItems['term'] => {
  const support = Array.from({ length: classes }, (_, j) => labels.filter((y) => y === j).length);
  return (j, right) => right / (support[j] ?? NaN) / classes;
};

describe('thresholds of classes', () => {
  it('predicts the class with the largest p / t', () => {
    const p = [0.5, 0.3, 0.2];
    const logits = p.map(Math.log);
    const chosen = (thresholds: readonly number[]): number =>
      predictRows(
        addOffsets(logits, 3, () => classThresholdOffsets(thresholds)),
        3,
      )[0] ?? -1;
    expect(chosen([0.5, 0.5, 0.5])).toBe(0);
    // .5 / .5 = 1, .3 / .2 = 1.5, .2 / .5 = .4.
    expect(chosen([0.5, 0.2, 0.5])).toBe(1);
    // .3 / .2 = 1.5 against .2 / .1 = 2.
    expect(chosen([0.5, 0.2, 0.1])).toBe(2);
    expect(chosen([1, 0.4, 0.2])).toBe(2);
  });

  it('of two classes is the threshold of one', () => {
    for (const p of [0.1, 0.29, 0.31, 0.9]) {
      const scores = addOffsets([Math.log(1 - p), Math.log(p)], 2, () =>
        classThresholdOffsets([0.7, 0.3]),
      );
      expect(predictRows(scores, 2)[0]).toBe(p >= 0.3 ? 1 : 0);
    }
  });

  it('knows from where on each item is of a class', () => {
    const logits = Float32Array.of(3, 1, 0, /**/ 0, 2, 1);
    const { rivals, margins } = rivalsOf(logits, Float64Array.of(0, 0, 0), 2);
    expect([...rivals]).toEqual([0, 1]);
    expect([...margins]).toEqual([3, 1]);
  });

  it('finds offsets that are right where some are', () => {
    // Every item leans to class 0; its own class is behind by 1 (class 1) or 2 (class 2).
    const labels = Int32Array.from({ length: 9 }, (_, i) => i % 3);
    const rows = [
      [4, 0, 0],
      [3, 2, 0],
      [3, 0, 1],
    ];
    const logits = Float32Array.from([...labels].flatMap((label) => rows[label] ?? []));
    const items = { logits, labels, term: recallTerm(labels, 3) };
    const { offsets, value } = drain(searchOffsets(items, [0, 0, 0], [true, true, true]));
    expect(value).toBeCloseTo(1, 12);
    expect([
      ...predictRows(
        addOffsets(logits, 3, () => offsets),
        3,
      ),
    ]).toEqual([...labels]);
    const thresholds = thresholdsOfOffsets(offsets);
    expect(Math.max(...thresholds)).toBe(0.5);
    const scores = addOffsets(logits, 3, () => classThresholdOffsets(thresholds));
    expect([...predictRows(scores, 3)]).toEqual([...labels]);
  });

  it('leaves classes alone that are not free or never predicted', () => {
    const logits = Float32Array.of(1, 0, 9, /**/ 1, 0, 9);
    const labels = Int32Array.of(1, 1);
    const items = { logits, labels, term: (_: number, right: number) => right };
    const { offsets, value } = drain(searchOffsets(items, [0, 0, -Infinity], [false, true, true]));
    expect([offsets[0], offsets[2]]).toEqual([0, -Infinity]);
    expect(offsets[1]).toBeGreaterThan(1);
    expect(value).toBe(2);
  });

  it('never comes out worse than it began, counts as predictions do, and ends where no class gains', () => {
    const random = createRandom(5, 'classes');
    for (let trial = 0; trial < 6; trial++) {
      const classes = 3 + (trial % 4);
      const labels = Int32Array.from({ length: 60 }, (_, i) => i % classes);
      const logits = Float32Array.from({ length: 60 * classes }, (_, i) => {
        const own = labels[Math.floor(i / classes)] === i % classes ? 1 : 0;
        return own + 2 * random.nextFloat() - (i % classes) / 2;
      });
      const f1: ClassItems['term'] = (j, right, given) =>
        (2 * right) / (labels.filter((y) => y === j).length + given) / classes;
      for (const term of [recallTerm(labels, classes), f1]) {
        const worth = (offsets: ArrayLike<number>): number => {
          const guesses = predictRows(
            addOffsets(logits, classes, () => offsets),
            classes,
          );
          return Array.from({ length: classes }, (_, j) => {
            const right = guesses.filter((guess, i) => guess === j && labels[i] === j).length;
            return term(j, right, guesses.filter((guess) => guess === j).length);
          }).reduce((sum, one) => sum + one, 0);
        };
        const start = new Float64Array(classes);
        const free = new Array<boolean>(classes).fill(true);
        const found = drain(searchOffsets({ logits, labels, term }, start, free));
        expect(found.value).toBeCloseTo(worth(found.offsets), 10);
        expect(found.value).toBeGreaterThanOrEqual(worth(start) - 1e-12);
        // No single class can be moved to a better place.
        for (let j = 0; j < classes; j++)
          for (let step = -30; step <= 30; step++) {
            const other = Float64Array.from(found.offsets);
            other[j] = (other[j] ?? NaN) + step / 10;
            if (Math.abs(other[j] ?? NaN) < Math.log(300))
              expect(worth(other)).toBeLessThanOrEqual(found.value + 1e-12);
          }
      }
    }
  });
});
