import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { pairedLabelF1 } from '../../../src/methods/metrics';
import {
  addOffsets,
  bestThreshold,
  chooseThreshold,
  labelCells,
  labelThresholds,
  macroLabelF1,
  positiveProbabilities,
  predictLabels,
  predictRows,
  thresholdOffsets,
  thresholdValue,
  type ThresholdRule,
} from '../../../src/methods/posthoc';

const item = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1 }));
const bothClasses = fc
  .array(item, { maxLength: 40 })
  .map((more) => [...more, [3, 0] as const, [7, 1] as const]);

/** Confusion of score >= t by plain counting. */
const count = (scores: number[], labels: number[], t: number) => {
  const said = scores.map((score) => score >= t);
  const tp = said.filter((yes, i) => yes && labels[i] === 1).length;
  const fp = said.filter((yes, i) => yes && labels[i] === 0).length;
  return { tp, fp, fn: labels.filter((l) => l === 1).length - tp };
};
const everyT = [-1, ...Array.from({ length: 22 }, (_, i) => (i - 0.5) / 20), 2];

describe('thresholds by rule', () => {
  it('costs: no threshold is cheaper, predicting no positive included', () => {
    fc.assert(
      fc.property(bothClasses, fc.integer({ min: 0, max: 9 }), (items, falsePositive) => {
        const scores = items.map(([s]) => s / 20);
        const labels = items.map(([, l]) => l);
        const costs = { falsePositive, falseNegative: 2 };
        const rule = { metric: 'cost', costs } as const;
        const cost = (t: number): number => {
          const { fp, fn } = count(scores, labels, t);
          return (falsePositive * fp + 2 * fn) / labels.length;
        };
        const chosen = chooseThreshold(scores, labels, rule);
        expect(cost(chosen?.threshold ?? NaN)).toBeCloseTo(chosen?.value ?? NaN, 12);
        for (const t of everyT)
          expect(cost(t)).toBeGreaterThanOrEqual((chosen?.value ?? NaN) - 1e-12);
      }),
    );
  });

  it('costs of a calibrated probability part where the theory says', () => {
    // Scores i/10 with exactly i of 10 positives: calibrated by construction.
    const scores: number[] = [];
    const labels: number[] = [];
    for (let i = 0; i <= 10; i++)
      for (let k = 0; k < 10; k++) {
        scores.push(i / 10);
        labels.push(k < i ? 1 : 0);
      }
    const costs = { falsePositive: 1, falseNegative: 3 };
    // Elkan, IJCAI 2001, equation 2: 1 / (1 + 3).
    const chosen = chooseThreshold(scores, labels, { metric: 'cost', costs });
    expect(chosen?.threshold).toBeCloseTo(0.25, 12);
  });

  it('weights let items stand for other shares: as if they were there more often', () => {
    const scores = [0.1, 0.4, 0.6, 0.9];
    const labels = [0, 1, 0, 1];
    const rule = { metric: 'cost', costs: { falsePositive: 1, falseNegative: 1 } } as const;
    const weighted = chooseThreshold(scores, labels, rule, { positive: 1, negative: 3 });
    const repeated = chooseThreshold(
      [0.1, 0.1, 0.1, 0.4, 0.6, 0.6, 0.6, 0.9],
      [0, 0, 0, 1, 0, 0, 0, 1],
      rule,
    );
    expect(weighted).toEqual(repeated);
    expect(weighted?.threshold).toBeCloseTo(0.75, 12);
  });

  it('precision floor: meets it, and nothing that meets it finds more', () => {
    fc.assert(
      fc.property(bothClasses, fc.constantFrom(0.3, 0.5, 0.8, 1), (items, floor) => {
        const scores = items.map(([s]) => s / 20);
        const labels = items.map(([, l]) => l);
        const chosen = chooseThreshold(scores, labels, {
          metric: 'recall',
          precisionFloor: floor,
        });
        const fits = everyT
          .map((t) => count(scores, labels, t))
          .filter(({ tp, fp }) => tp > 0 && tp / (tp + fp) >= floor - 1e-12);
        if (chosen === null) {
          expect(fits).toEqual([]);
          return;
        }
        const { tp, fp } = count(scores, labels, chosen.threshold);
        expect(tp / labels.filter((l) => l === 1).length).toBeCloseTo(chosen.value, 12);
        expect(tp / (tp + fp)).toBeGreaterThanOrEqual(floor - 1e-12);
        expect(Math.max(...fits.map((cells) => cells.tp))).toBe(tp);
      }),
    );
  });

  it('are as good as the search over all scores for its objectives, with the floor where asked', () => {
    fc.assert(
      fc.property(bothClasses, (items) => {
        const scores = items.map(([s]) => s / 20);
        const labels = items.map(([, l]) => l);
        for (const metric of ['f1', 'balancedAccuracy', 'gMean'] as const) {
          const { bestValue } = bestThreshold(scores, labels, metric);
          const chosen = chooseThreshold(scores, labels, { metric });
          expect(chosen?.value).toBeCloseTo(bestValue, 12);
          const at = chosen?.threshold ?? NaN;
          expect(thresholdValue(scores, labels, at, metric)).toBeCloseTo(bestValue, 12);
          const strict = chooseThreshold(scores, labels, { metric, precisionFloor: 0.9 });
          if (strict === null) continue;
          const { tp, fp } = count(scores, labels, strict.threshold);
          expect(tp / (tp + fp)).toBeGreaterThanOrEqual(0.9 - 1e-12);
        }
      }),
    );
  });

  it('objectives stand in the middle of where they are best', () => {
    const chosen = chooseThreshold([0.1, 0.2, 0.6, 0.8], [0, 0, 1, 1], {
      metric: 'f1',
    });
    expect(chosen).toEqual({ threshold: 0.4, value: 1 });
  });

  it.each<ThresholdRule>([
    { metric: 'cost', costs: { falsePositive: 1, falseNegative: 1 } },
    { metric: 'recall', precisionFloor: 0.5 },
    { metric: 'gMean' },
  ])('$metric needs items of both classes', (rule) => {
    expect(() => chooseThreshold([0.1, 0.2], [1, 1], rule)).toThrow(RangeError);
    expect(() => chooseThreshold([], [], rule)).toThrow(RangeError);
  });

  it('are offsets on logits: argmax decides as the threshold does', () => {
    const random = createRandom(5, 'z');
    const logits = Float64Array.from({ length: 40 }, () => 2 * random.nextNormal());
    for (const positive of [0, 1] as const)
      for (const t of [0.01, 0.3, 0.5, 0.97]) {
        const said = predictRows(
          addOffsets(logits, 2, () => thresholdOffsets(t, positive)),
          2,
        );
        const wanted = positiveProbabilities(logits, positive).map((p) => Number(p >= t));
        expect([...said].map((guess) => Number(guess === positive))).toEqual([...wanted]);
      }
    expect(thresholdOffsets(Infinity, 1)[1]).toBe(-Infinity);
  });
});

describe('thresholds per label', () => {
  /** Label 0 parts at .3, label 1 at .7; label 2 has one positive. */
  const items = 100;
  const scores = Float64Array.from({ length: items * 3 }, (_, i) => ((i / 3) | 0) / items);
  const labels = Uint8Array.from({ length: items * 3 }, (_, i) => {
    const score = ((i / 3) | 0) / items;
    return Number([score >= 0.3, score >= 0.7, i === 2][i % 3]);
  });
  const rule = { metric: 'f1' } as const;

  it('are found one by one; a label with few items keeps the fallback', () => {
    const chosen = labelThresholds({ scores, labels, count: 3 }, rule, { fallback: 0.5 });
    expect(chosen.map((one) => one.reason)).toEqual([
      'threshold.chosen',
      'threshold.chosen',
      'threshold.fewItems',
    ]);
    expect(chosen[0]?.threshold).toBeCloseTo(0.295, 12);
    expect(chosen[1]?.threshold).toBeCloseTo(0.695, 12);
    expect(chosen[2]).toMatchObject({ threshold: 0.5, positives: 1 });
  });

  it('say 2 of a label that is best given to nothing, which JSON can say too', () => {
    const costs = { falsePositive: 1e6, falseNegative: 1e-6 };
    const alike = new Float64Array(scores.length).fill(0.5);
    const dear = { metric: 'cost', costs } as const;
    const chosen = labelThresholds({ scores: alike, labels, count: 3 }, dear, { fallback: 0.5 });
    expect(chosen.map(({ threshold }) => threshold)).toEqual([2, 2, 0.5]);
  });

  it('look at the items given and no others', () => {
    const firstHalf = Int32Array.from({ length: 50 }, (_, i) => i);
    const chosen = labelThresholds({ scores, labels, count: 3 }, rule, {
      fallback: 0.5,
      items: firstHalf,
    });
    expect(chosen.map((one) => one.reason)[1]).toBe('threshold.fewItems');
    expect(chosen[0]).toMatchObject({ positives: 20, reason: 'threshold.chosen' });
  });

  it('score decisions: macro-F1 over labels that occur', () => {
    const decided = predictLabels(scores, 3, () => 0.7);
    // Label 0: 30 right of 70 and 30 said: 60/100; label 1 all right; label 2: none of 1, 30 said.
    expect(macroLabelF1(labelCells(labels, decided, 3))).toBeCloseTo((0.6 + 1 + 0) / 3, 12);
  });

  it('compare two sets of decisions on the same items', () => {
    const a = predictLabels(scores, 3, () => 0.7);
    const b = predictLabels(scores, 3, (_, label) => (label === 0 ? 0.3 : 0.7));
    const options = { random: createRandom(1), resamples: 200 };
    const gain = pairedLabelF1({ targets: labels, count: 3, a, b }, options);
    expect(gain.difference).toBeCloseTo(0.4 / 3, 12);
    expect(gain.excludesZero).toBe(true);
    const none = pairedLabelF1({ targets: labels, count: 3, a, b: a }, options);
    expect(none).toEqual({ difference: 0, interval: [0, 0], excludesZero: false });
  });
});
