import { describe, expect, it } from 'vitest';
import { svgText } from '../../../src/charts/shape';
import { distributionMeasures } from '../../../src/methods/distribution';
import { dataCsv } from '../../../src/report/csv';
import {
  adjustmentFigure,
  decayFigure,
  effectiveNumbersFigure,
  lorenzFigure,
  objectsFigure,
  repeatsFigure,
  samplerFigure,
  splitsFigure,
  tableOfData,
  togetherFigure,
  weightsFigure,
  type Figure,
  type FigureData,
  type RankedCounts,
} from '../../../src/report/figures';
import { shownRanks } from '../../../src/report/figures/figure';
import { cifarCounts } from '../../support/configs';

const size = { width: 600, height: 260 };
const rankedOf = (counts: readonly number[]): RankedCounts => ({
  counts: Float64Array.from(counts),
  name: (rank) => `class ${rank}`,
});
const cifar = rankedOf(cifarCounts);
const metricsOf = (counts: readonly number[]) => distributionMeasures(counts);

const columnOf = ({ rows }: FigureData, at: number): readonly (string | number)[] =>
  rows.map((row) => row[at] ?? NaN);

/** Every figure over counts, by name. */
const figuresOf = (counts: readonly number[]): Readonly<Record<string, Figure>> => {
  const ranked = rankedOf(counts);
  return {
    lorenz: lorenzFigure(ranked, size),
    decay: decayFigure(ranked, metricsOf(counts), size),
    sampler: samplerFigure(ranked, 0, size),
    weights: weightsFigure(ranked, { rule: 'effective-number', beta: 0.9999 }, size),
    effective: effectiveNumbersFigure(ranked, 0.9999, size),
    adjustment: adjustmentFigure(ranked, 1, size),
    repeats: repeatsFigure({ ranked, images: 1000, threshold: 0.01 }, size),
    splits: splitsFigure(
      [
        { name: 'train', counts: ranked.counts },
        { name: 'test', counts: ranked.counts.map(() => 10) },
      ],
      ranked.name,
      size,
    ),
    objects: objectsFigure(
      counts.map((objects, i) => ({ name: `class ${i}`, objects, images: objects / 2 })),
      size,
    ),
  };
};

describe('every figure', () => {
  const cases = { cifar: cifarCounts, one: [7], none: [], empty: [5, 0, 0], equal: [3, 3, 3, 3] };
  for (const [name, counts] of Object.entries(cases))
    it.each(Object.entries(figuresOf(counts)))(`of ${name} counts: %s`, (_, figure) => {
      const text = svgText(figure.svg);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
      expect(figure.sentence).not.toMatch(/NaN|Infinity|undefined|^figures\//);
      expect(text).toContain('role="img"');
      const { columns, rows } = tableOfData(figure.data);
      for (const { label } of columns) expect(label).not.toMatch(/^figures\//);
      for (const { cells } of rows) {
        expect(cells).toHaveLength(columns.length);
        for (const cell of cells) expect(cell.text).not.toMatch(/NaN|undefined/);
      }
    });

  it('holds a million classes in as many points as a screen can part', () => {
    const ranks = shownRanks(1_000_000);
    expect(ranks.length).toBeLessThanOrEqual(240);
    expect(ranks[0]).toBe(0);
    expect(ranks.at(-1)).toBe(999_999);
    expect([...ranks].sort((a, b) => a - b)).toEqual(ranks);
    // The head, where a log axis looks, is there one by one.
    expect(ranks.slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('the numbers behind the figures of CIFAR-10-LT', () => {
  it('sees a sample of the smallest class 24.8 times an epoch with q = 0', () => {
    const { data } = samplerFigure(cifar, 0, size);
    // 12,406 draws over ten classes: 1,240.6 each, of 50 samples in the last and 5,000 in the first.
    expect(columnOf(data, 3)).toEqual(cifarCounts.map((): unknown => expect.closeTo(1240.6, 9)));
    expect(columnOf(data, 4).at(-1)).toBeCloseTo(24.812, 9);
    expect(columnOf(data, 4)[0]).toBeCloseTo(0.24812, 9);
  });

  it('weighs by inverse frequency as scikit-learn does', () => {
    const { data } = weightsFigure(cifar, { rule: 'inverse', beta: 0 }, size);
    expect(columnOf(data, 3)[0]).toBeCloseTo(12406 / (10 * 5000), 12);
    expect(columnOf(data, 3).at(-1)).toBeCloseTo(12406 / (10 * 50), 12);
  });

  it('starts the smallest class log 100 ahead at tau = 1, for equal shares', () => {
    const { data } = adjustmentFigure(cifar, 1, size);
    expect(columnOf(data, 3).at(-1)).toBeCloseTo(Math.log(100), 12);
    expect(columnOf(data, 4)).toEqual(cifarCounts.map((): unknown => expect.closeTo(0.1, 12)));
  });

  it('finds the decay the counts were made with', () => {
    const { sentence } = decayFigure(cifar, metricsOf(cifarCounts), size);
    // 100 over nine steps: 0.599 a class.
    expect(sentence).toContain('0.599 times');
    expect(sentence).toContain('geometric');
  });

  it('repeats a class in 50 of 12,406 images by the root of t over its share', () => {
    const { data } = repeatsFigure({ ranked: cifar, images: 12406, threshold: 0.01 }, size);
    expect(columnOf(data, 3).at(-1)).toBeCloseTo(Math.sqrt(0.01 / (50 / 12406)), 12);
    expect(columnOf(data, 3)[0]).toBe(1);
  });

  it('says how long an epoch would be at this threshold', () => {
    // Ten images in a class of 1 in 100: at t = 0.04 twice each, so 10 more of 1,000.
    const rarest = { counts: [10, 990], samples: [10, 990], without: 0 };
    const ask = (threshold: number) =>
      repeatsFigure({ ranked: rankedOf([990, 10]), images: 1000, threshold, rarest }, size)
        .sentence;
    expect(ask(0.04)).toContain('An epoch would show 1,010 images instead of 1,000');
    expect(ask(0.001)).toContain('An epoch stays at 1,000 images.');
  });

  it('shows which frequent labels come with rare ones', () => {
    const named = (name: string, samples: number) => ({ name, samples });
    const { svg, sentence, data, walk } = togetherFigure(
      {
        rare: [named('unicycle', 8), named('kite', 4)],
        frequent: [named('person', 900), named('a wheel of a very long name indeed', 500)],
        samples: [
          [8, 6],
          [1, 0],
        ],
        rareLabels: 3,
      },
      size,
    );
    expect(sentence).toContain('Of the samples of unicycle, 100 % have person too');
    expect(sentence).toContain('1 of 2 rare labels here shares half');
    expect(sentence).toContain('2 of 3 rare labels');
    expect(columnOf(data, 4)).toEqual([1, 0.75, 0.25, 0]);
    expect(walk?.across).toBe(2);
    const text = svgText(svg);
    expect(text.match(/data-item/g)).toHaveLength(4);
    expect(text.match(/tabindex="0"/g)).toHaveLength(1);
    expect(text).not.toMatch(/NaN|undefined/);
  });

  it('draws the same picture each time', () => {
    expect(svgText(lorenzFigure(rankedOf([6, 3, 1]), size).svg)).toMatchSnapshot();
    expect(svgText(samplerFigure(rankedOf([6, 3, 1]), 0, size).svg)).toMatchSnapshot();
    expect(
      svgText(effectiveNumbersFigure(rankedOf([600, 30, 1]), 0.99, size).svg),
    ).toMatchSnapshot();
  });
});

describe('numbers as CSV', () => {
  it('keeps full precision and disarms formulas', () => {
    const show = (value: number): string => value.toFixed(0);
    const data: FigureData = {
      columns: [
        { label: 'class', show },
        { label: 'share', show },
      ],
      rows: [
        ['=1+1', 1 / 3],
        ['a,b', 1234],
      ],
    };
    expect(dataCsv(data)).toBe(`class,share\r\n'=1+1,${1 / 3}\r\n"a,b",1234\r\n`);
  });
});
