import { describe, expect, it } from 'vitest';
import { logPrior } from '../../../src/methods/priors';
import {
  choosable,
  classMeasures,
  classPoints,
  judgeClasses,
  rivalry,
  searchThresholds,
} from '../../../src/report/bench/classes';
import {
  correctionFor,
  settingOf,
  targetShares,
  type BenchSetting,
} from '../../../src/report/bench/setting';
import {
  bestPoint,
  canTune,
  judgeTau,
  ruleThreshold,
  scoreSetting,
  slideOver,
  tauValues,
  type BenchModel,
} from '../../../src/report/bench/slide';
import { benchTable } from '../../../src/report/bench/table';
import {
  classSlideFigure,
  normsFigure,
  reliabilityFigure,
  slideFigure,
} from '../../../src/report/figures';
import { reportOf } from '../../support/reports';

const size = { width: 600, height: 260 };

/**
 * Two classes with 900 and 100 training items, 20 validation items each. All logits favour the
 * first by 1 for its own items and by .5 for those of the second: as the model is, recalls are 1
 * and 0. Adjusting by τ log 9 = 2.197 τ in favour of the second turns the second's items once
 * τ > .5 / 2.197 = .228 and the first's once τ > .455.
 */
const model: BenchModel = {
  classNames: ['often', 'rare'],
  trainCounts: [900, 100],
  trained: logPrior([900, 100]).values,
  layer: null,
  logits: Float32Array.from({ length: 80 }, (_, i) => (i % 2 === 1 ? 0 : i < 40 ? 1 : 0.5)),
  labels: Int32Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)),
  assignment: ['many', 'few'],
};
const adjust = (tau: number): BenchSetting => ({
  kind: 'logit-adjustment',
  tau,
  prior: 'uniform',
});
const points = slideOver(model, tauValues, adjust, 'uniform');

describe('the bench', () => {
  it('finds the τ that turns the rare class and not the frequent one', () => {
    expect(points.map(({ scores }) => scores.balancedAccuracy).slice(0, 6)).toEqual([
      0.5, 0.5, 0.5, 1, 1, 0.5,
    ]);
    // .3 and .4 are equally good: the one nearer to 1.
    expect(bestPoint(points, judgeTau)?.value).toBe(0.4);
    expect(canTune(model)).toBe(true);
    expect(canTune({ ...model, labels: model.labels.subarray(0, 39) })).toBe(false);
  });

  it('scores for the shares the model will meet', () => {
    // Recalls 1 and 0 in shares .9 and .1.
    expect(scoreSetting(model, { kind: 'none' }, 'as-trained')?.expectedAccuracy).toBeCloseTo(0.9);
    expect(targetShares({ often: 3, rare: 1 }, model)).toEqual(Float64Array.of(3, 1));
    // As the data are is what the model has learned: nothing moves at τ = 1.
    const same = correctionFor({ kind: 'logit-adjustment', tau: 1, prior: 'as-trained' }, model);
    expect([...(same?.offsets ?? [])].map((offset) => Math.abs(offset) < 1e-12)).toEqual([
      true,
      true,
    ]);
  });

  it('finds the threshold that training would choose', () => {
    // P(rare) is 1 / (1 + e) = .269 and 1 / (1 + √e) = .378: half way between them is best.
    const middle = (1 / (1 + Math.E) + 1 / (1 + Math.sqrt(Math.E))) / 2;
    expect(ruleThreshold(model, 'f1', 'uniform')).toBeCloseTo(middle, 6);
    const setting = { kind: 'thresholds', metric: 'f1', threshold: middle } as const;
    expect(scoreSetting(model, setting, 'uniform')?.balancedAccuracy).toBe(1);
  });

  it('finds thresholds of three classes, and what each place of a slider comes to', () => {
    // As the model is, everything is called the first class; the others are behind by 1 and by 2.
    const labels = Int32Array.from({ length: 60 }, (_, i) => i % 3);
    const rows = [
      [4, 0, 0],
      [3, 2, 0],
      [3, 0, 1],
    ];
    const three: BenchModel = {
      ...{ classNames: ['often', 'some', 'rare'], trainCounts: [900, 90, 10], layer: null },
      ...{ trained: logPrior([900, 90, 10]).values, assignment: ['many', 'medium', 'few'], labels },
      logits: Float32Array.from([...labels].flatMap((label) => rows[label] ?? [])),
    };
    const at = (thresholds: readonly number[]) =>
      scoreSetting(three, { kind: 'class-thresholds', thresholds }, 'uniform');
    expect(at([0.5, 0.5, 0.5])?.recalls).toEqual(Float64Array.of(1, 0, 0));
    for (const measure of classMeasures) {
      const search = searchThresholds(three, measure, 'uniform');
      let next = search.next();
      while (next.done !== true) {
        expect(next.value).toBeLessThan(1);
        next = search.next();
      }
      expect(Math.max(...next.value)).toBe(0.5);
      const found = at(next.value);
      expect(found === null ? NaN : judgeClasses(measure)(found)).toBe(1);
    }
    // p / t of the second class passes from t = .5 / e on; with the first called no more at .001.
    const own = rivalry(three, [0.5, 0.5, 0.5], 1);
    const values = [0.5, 0.19, 0.18, 0.001];
    const curve = classPoints(three, 1, own, { values, prior: 'uniform' });
    expect(curve.map(({ recall, precision }) => [recall, precision])).toEqual([
      [0, null],
      [0, null],
      [1, 1],
      [1, 1 / 3],
    ]);
    for (const [i, value] of values.entries())
      expect(curve[i]?.scores).toEqual(at([0.5, value, 0.5]));
    const plain = at([0.5, 0.5, 0.5]);
    const now = curve[2];
    if (plain === null || now === undefined) throw new Error('no scores');
    const figure = classSlideFigure(
      {
        ...{ name: 'some', points: curve, now, plain, best: plain },
        ...{ judge: judgeClasses('accuracy'), judgeName: 'accuracy' },
      },
      size,
    );
    expect(figure.sentence).toBe(
      'On 60 validation items a threshold of 0.18 gives some a recall of 1.000 and a precision of 1.000; the accuracy of all classes is 0.667, of the model as it is 0.333. With the best thresholds found it is 0.333.',
    );
  });

  it('searches no threshold of a class with few items', () => {
    const model3: BenchModel = {
      ...model,
      ...{ classNames: ['often', 'rare', 'none'], trainCounts: [900, 100, 0] },
      ...{ trained: logPrior([900, 100, 0]).values, assignment: ['many', 'few', 'few'] },
      logits: Float32Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
      labels: Int32Array.from({ length: 20 }, (_, i) => i % 2),
    };
    expect(choosable(model3)).toEqual([false, false, false]);
    // None can be chosen: what theory gives, in the ratio of the training counts.
    const { value } = searchThresholds(model3, 'expected', 'uniform').next();
    expect(value).toEqual([0.5, 0.05556, 0.5]);
  });

  it('cannot normalise a layer that is not there', () => {
    expect(scoreSetting(model, { kind: 'tau-norm', tau: 1 }, 'uniform')).toBeNull();
  });

  it('knows the setting of a report', () => {
    const report = reportOf();
    expect(settingOf(report)).toEqual({ kind: 'none' });
    const posthoc = { kind: 'logit-adjustment', tau: 1.5, tried: [], note: '' };
    expect(settingOf({ ...report, posthoc })).toEqual({ ...adjust(1.5) });
    expect(settingOf({ ...report, posthoc: { ...posthoc, kind: 'nearest-mean' } })).toBeNull();
    const [first = ''] = report.dataset.classNames;
    const given = {
      kind: 'thresholds',
      tau: null,
      tried: [],
      note: '',
      thresholds: { [first]: 0.1 },
    };
    expect(settingOf({ ...report, posthoc: given })).toEqual({
      ...{ kind: 'class-thresholds', thresholds: [0.1, 0.5, 0.5, 0.5] },
    });
  });

  it('says in figure and table what changed', () => {
    const plain = points[0];
    const best = bestPoint(points, judgeTau);
    if (plain === undefined || best === undefined) throw new Error('no point');
    const { sentence, data } = slideFigure(
      {
        ...{ points, now: best, plain: plain.scores, best, what: 'tau', judge: judgeTau },
        ...{ judgeName: 'balanced accuracy', fewName: 'few' },
      },
      size,
    );
    expect(sentence).toBe(
      'On 40 validation items τ = 0.40 gives a balanced accuracy of 1.000; the model as it is has 0.500. The best is 1.000 at τ = 0.40.',
    );
    expect(data.rows).toHaveLength(tauValues.length);
    const table = benchTable(
      { plain: plain.scores, now: best.scores, best: null },
      { bands: reportOf().bands, classNames: model.classNames, expected: false },
    );
    const texts = table.rows.map(({ cells }) => cells.map(({ text }) => text));
    expect(texts[0]).toEqual(['balanced', '0.500', '1.000', '+0.500', '–']);
    expect(texts.at(-1)?.[1]).toBe('0.000 · rare');
  });
});

describe('figures of a diagnosis', () => {
  const bins = { ece: 0.2, counts: [0, 10], accuracy: [0, 0.7], confidence: [0, 0.9] };

  it('says whether predictions are too sure', () => {
    const figure = reliabilityFigure({ run: bins, baseline: null }, size);
    expect(figure.sentence).toBe(
      'Predictions are surer than they are right, by 20 % on average; ECE is 0.200.',
    );
    const under = { ...bins, confidence: [0, 0.5] };
    expect(reliabilityFigure({ run: under, baseline: bins }, size).sentence).toMatch(
      /right more often than they are sure.*plain baseline has an ECE of 0\.200/,
    );
  });

  // Norms 3, 2, 1 over 1000, 100, 10: a straight line over the logarithm, correlation 1.
  it('tells norms that grow with the class from norms that do not', () => {
    const classes = [1000, 100, 10, 0].map((trainCount, i) => ({ name: `c${i}`, trainCount }));
    const grows = normsFigure({ classes, norms: [3, 2, 1, 9], what: 'weights' }, size);
    expect(grows.sentence).toContain('correlation with the log of the count 1.00');
    expect(grows.sentence).toContain('grow with the class');
    expect(grows.data.rows).toHaveLength(3);
    const flat = normsFigure({ classes, norms: [1, 1, 1, null], what: 'features' }, size);
    expect(flat.sentence).toContain('do not follow');
  });
});
