import { describe, expect, it } from 'vitest';
import {
  labelModel,
  labelPoints,
  labelSums,
  labelTable,
  ruleThresholdOf,
} from '../../../src/report/bench/labels';
import { labelSlideFigure } from '../../../src/report/figures';

/**
 * Labels wet and red over 40 items. Half are wet, with logit 1 or −1: one half parts them. The first
 * 20 are red with logit −1 (probability .269), the rest have −2 (.119): the best lies half way,
 * at .194, and one half gives red to nobody.
 */
const wet = Array.from({ length: 40 }, (_, i) => i % 2);
const red = Array.from({ length: 40 }, (_, i) => Number(i < 20));
const model = labelModel(
  ['wet', 'red'],
  Float32Array.from({ length: 80 }, (_, i) => {
    const item = i >> 1;
    return i % 2 === 0 ? (wet[item] === 1 ? 1 : -1) : red[item] === 1 ? -1 : -2;
  }),
  Int32Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? wet : red)[i >> 1] ?? 0),
);

describe('the bench of several labels', () => {
  it('scores the decisions of all labels together', () => {
    const half = labelSums(model, [0.5, 0.5]);
    expect(half).toMatchObject({ macroF1: 0.5, exact: 0.5 });
    // 2 · 20 right of 40 that are there and 20 that were given.
    expect(half.microF1).toBeCloseTo(40 / 60);
    expect(labelSums(model, [0.5, 0.2])).toMatchObject({ macroF1: 1, microF1: 1, exact: 1 });
  });

  it('finds the threshold of each label, and none where there are too few items', () => {
    expect(ruleThresholdOf(model, 1, 'f1').threshold).toBeCloseTo(
      (1 / (1 + Math.E) + 1 / (1 + Math.E ** 2)) / 2,
      6,
    );
    const few = { ...model, targets: model.targets.map((one, i) => (i < 2 ? 0 : one)) };
    expect(ruleThresholdOf(few, 1, 'f1')).toMatchObject({ threshold: 0.5 });
  });

  it('says in figure and table what a threshold comes to', () => {
    const [low, high] = labelPoints(model, 1, [0.2, 0.5]);
    if (low === undefined || high === undefined) throw new Error('no point');
    expect(low).toEqual({ value: 0.2, f1: 1, recall: 1, precision: 1 });
    expect(high).toEqual({ value: 0.5, f1: 0, recall: 0, precision: null });
    const question = { name: 'red', items: 40, points: [low, high], now: high, best: low };
    const { sentence, data } = labelSlideFigure(question, { width: 600, height: 260 });
    expect(sentence).toBe(
      'On 40 validation items a threshold of 0.50 gives red an F1 of 0.000. The best is 1.000 at 0.20.',
    );
    expect(data.rows).toHaveLength(2);
    const plain = labelSums(model, [0.5, 0.5]);
    const now = labelSums(model, [0.5, 0.2]);
    const { rows } = labelTable({ plain, now, best: now }, { name: 'red', place: 1 });
    expect(rows[0]?.cells.map(({ text }) => text)).toEqual([
      ...['F1 of red', '0.000', '1.000', '+1.000', '1.000'],
    ]);
  });
});
