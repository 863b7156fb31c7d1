import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { auroc, averagePrecision, scoreLabelSets } from '../../../src/methods/metrics';
import { column } from '../../../src/methods/metrics/ranking';

const logit = (p: number): number => Math.log(p / (1 - p));

/** Four items, three labels; nobody has the last. */
const split = {
  classNames: ['a', 'b', 'none'],
  trainCounts: [300, 40, 2],
  assignment: ['many', 'medium', 'few'] as const,
  targets: [1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0],
  logits: [0.9, 0.2, 0.1, 0.4, 0.6, 0.1, 0.6, 0.3, 0.7, 0.1, 0.4, 0.1].map(logit),
  thresholds: [0.5, 0.5, 0.5],
};
const score = (more: Partial<typeof split> = {}) =>
  scoreLabelSets({ ...split, ...more }, { random: createRandom(1), resamples: 200 });

describe('scores of items with several labels', () => {
  it('are those of each label and their means over the labels that occur', () => {
    const scores = score();
    const { multiLabel } = scores;
    // a: ranked .9 +, .6 −, .4 +, .1 −: precision 1 and 2/3. b: .6 +, .4 −, .3 +, .2 −: the same.
    expect(multiLabel.labels.map((label) => label.averagePrecision)).toEqual([
      (1 + 2 / 3) / 2,
      (1 + 2 / 3) / 2,
      null,
    ]);
    expect(multiLabel.mAP).toBeCloseTo(5 / 6, 12);
    expect(multiLabel.labels.map((label) => label.auroc)).toEqual([0.75, 0.75, null]);
    expect(multiLabel.macroAUROC).toBe(0.75);
    // a: decided on items 0 and 2, one right of two; b: on item 1, right, one missed.
    expect(multiLabel.labels.map(({ f1 }) => f1)).toEqual([0.5, 2 / 3, null]);
    expect(scores.macroF1).toBeCloseTo((0.5 + 2 / 3) / 2, 12);
    // Right 2, decided 4 (one of the label nobody has), there 4.
    expect(multiLabel.microF1).toBeCloseTo(4 / 8, 12);
    // Items 0 and 3 are right in every label.
    expect(scores.accuracy).toBe(0.5);
    expect(
      scores.classes.map(({ recall, precision, testCount }) => [recall, precision, testCount]),
    ).toEqual([
      [0.5, 0.5, 2],
      [0.5, 1, 2],
      [null, 0, 0],
    ]);
    expect(scores.confusion).toBeNull();
    expect(scores.balancedAccuracy).toBeNull();
  });

  it('give bands as means of average precision, null for a band without a label that occurs', () => {
    const { many, medium, few } = score().multiLabel;
    expect(many).toEqual({ averagePrecision: (1 + 2 / 3) / 2, labels: 1 });
    expect(medium).toEqual({ averagePrecision: (1 + 2 / 3) / 2, labels: 1 });
    expect(few).toEqual({ averagePrecision: null, labels: 1 });
  });

  it('move decisions with the thresholds and rankings never', () => {
    const low = score({ thresholds: [0.35, 0.25, 0.9] });
    expect(low.multiLabel.mAP).toBe(score().multiLabel.mAP);
    // Now a is decided on 0, 1, 2 and b on 1, 2, 3.
    expect(low.multiLabel.labels.map(({ f1 }) => f1)).toEqual([0.8, 0.8, null]);
    expect(low.multiLabel.labels.map(({ threshold }) => threshold)).toEqual([0.35, 0.25, 0.9]);
  });

  it('rank as the metrics of one label do, ties together, inside an interval around it', () => {
    const random = createRandom(7);
    const [items, labels] = [120, 4];
    const targets = Array.from({ length: items * labels }, () =>
      random.nextFloat() < 0.3 ? 1 : 0,
    );
    const logits = targets.map((t) => t + random.nextInt(5));
    const classNames = ['a', 'b', 'c', 'd'];
    const scores = scoreLabelSets(
      {
        classNames,
        trainCounts: [9, 9, 9, 9],
        assignment: ['many', 'many', 'few', 'few'],
        targets,
        logits,
        thresholds: [0.5, 0.5, 0.5, 0.5],
      },
      { random: createRandom(3) },
    ).multiLabel;
    scores.labels.forEach((label, j) => {
      const own = [column(logits, labels, j), column(targets, labels, j)] as const;
      expect(label.averagePrecision).toBe(averagePrecision(...own));
      expect(label.auroc).toBe(auroc(...own));
    });
    const [low, high] = scores.mAPInterval ?? [NaN, NaN];
    expect(low).toBeLessThan(scores.mAP ?? NaN);
    expect(high).toBeGreaterThan(scores.mAP ?? NaN);
    expect(high - low).toBeLessThan(0.25);
  });

  it('are null where no item has a label, and refuse what has no items', () => {
    const scores = score({ targets: split.targets.map(() => 0) });
    expect(scores.multiLabel.mAP).toBeNull();
    expect(scores.multiLabel.mAPInterval).toBeNull();
    expect(scores.macroF1).toBe(0);
    expect(() => score({ targets: [], logits: [] })).toThrow('no item');
  });
});
