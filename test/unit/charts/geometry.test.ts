import { describe, expect, it } from 'vitest';
import { dumbbell } from '../../../src/charts/dumbbell';
import { lineChart, spread } from '../../../src/charts/lines';
import { byRank, layoutBars, mostBars, rankFrequency } from '../../../src/charts/rankFrequency';
import {
  decades,
  linearScale,
  linearTicks,
  logScale,
  logTicks,
  niceStep,
} from '../../../src/charts/scale';
import { svgText, type Shape } from '../../../src/charts/shape';

const walk = (shape: Shape): readonly Shape[] => [shape, ...(shape.children ?? []).flatMap(walk)];
const withClass = (shape: Shape, name: string): readonly Shape[] =>
  walk(shape).filter(({ attributes }) =>
    String(attributes['class'] ?? '')
      .split(' ')
      .includes(name),
  );

const names = { many: 'head', medium: 'medium', few: 'tail' };
const options = {
  width: 760,
  height: 320,
  axis: 'log' as const,
  bandNames: names,
  format: String,
  describe: () => 'a bar',
};

describe('scales', () => {
  it('puts a decade at equal distances on a log axis', () => {
    const y = logScale({ from: 1, to: 1000 }, { from: 300, to: 0 });
    expect([1, 10, 100, 1000].map(y)).toEqual(
      [300, 200, 100, 0].map((v): unknown => expect.closeTo(v, 9)),
    );
  });

  it('keeps zero and less at the lower end of a log axis', () => {
    expect(logScale({ from: 1, to: 100 }, { from: 50, to: 0 })(0)).toBe(50);
  });

  it('maps a domain of one value to the start', () => {
    expect(linearScale({ from: 3, to: 3 }, { from: 10, to: 90 })(3)).toBe(10);
  });

  it.each([
    [50, 5000, 10, 10000],
    [10, 5000, 1, 10000],
    [1, 1, 1, 10],
    [0, 7, 1, 10],
    [1, 1000, 1, 1000],
  ])('encloses %d … %d by %d … %d, the smallest above the floor', (low, high, from, to) => {
    expect(decades(low, high)).toEqual({ from, to });
    expect(logTicks({ from, to })).toHaveLength(Math.log10(to / from) + 1);
  });

  it('steps by 1, 2 or 5 and covers the range', () => {
    expect(niceStep(5000, 5)).toBe(1000);
    expect(niceStep(5001, 5)).toBe(2000);
    expect(linearTicks({ from: 0, to: 1 }, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks({ from: 0, to: 2.9 }, 5).at(-1)).toBe(3);
  });
});

describe('rank-frequency chart', () => {
  const classes = [
    { name: 'b', count: 10, band: 'few' as const },
    { name: 'a', count: 5000, band: 'many' as const },
    { name: 'c', count: 10, band: 'few' as const },
    { name: 'empty', count: 0, band: 'few' as const },
  ];

  it('ranks by count and breaks ties by name', () => {
    expect(byRank(classes).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'empty']);
  });

  it('gives every class a bar of falling height, none for an empty class', () => {
    const { bars } = rankFrequency(byRank(classes), options);
    expect(bars.map(({ first }) => first.name)).toEqual(['a', 'b', 'c', 'empty']);
    expect(bars[0]?.height).toBeGreaterThan(bars[1]?.height ?? Infinity);
    expect(bars[1]?.height).toBe(bars[2]?.height);
    expect(bars[3]?.height).toBe(0);
  });

  it('has one tab stop, a name for each bar, and a label for each band', () => {
    const { svg } = rankFrequency(byRank(classes), options);
    const bars = withClass(svg, 'bar');
    expect(bars.map(({ attributes }) => attributes['tabindex'])).toEqual([0, -1, -1, -1]);
    expect(bars.every(({ attributes }) => attributes['aria-label'] === 'a bar')).toBe(true);
    expect(withClass(svg, 'band-name').map(({ text }) => text)).toEqual(['head', 'tail']);
  });

  it('groups more classes than columns without losing one', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      name: `class ${i}`,
      count: 10_000 - i,
      band: 'medium' as const,
    }));
    const bars = layoutBars(many, options, (count) => 300 - count / 100);
    expect(bars).toHaveLength(mostBars);
    expect(bars.reduce((sum, { from, to }) => sum + to - from + 1, 0)).toBe(10_000);
    expect(bars[0]?.first.count).toBe(10_000);
    expect(bars.at(-1)?.to).toBe(10_000);
    expect(bars.every(({ x, width }) => x >= 0 && x + width <= options.width)).toBe(true);
  });

  it('draws a frame for no class at all', () => {
    const { svg, bars } = rankFrequency([], options);
    expect(bars).toEqual([]);
    expect(svgText(svg)).not.toContain('NaN');
  });
});

describe('line chart', () => {
  const chart = (points: { x: number; y: number }[]): Shape =>
    lineChart([{ kind: 'recipe', name: 'this run', points }], {
      width: 560,
      height: 280,
      xName: 'step',
      format: String,
      formatX: String,
      description: 'Loss',
    });

  it('keeps its frame without points', () => {
    expect(svgText(chart([]))).not.toMatch(/NaN|Infinity/);
    expect(withClass(chart([]), 'series')).toHaveLength(0);
  });

  it('draws a single point', () => {
    expect(svgText(chart([{ x: 0, y: 0 }]))).not.toMatch(/NaN|Infinity/);
  });

  it('moves labels apart in order and inside the frame', () => {
    const placed = spread([100, 101, 99], 14, { low: 0, high: 110 });
    expect(placed[2]).toBeLessThanOrEqual((placed[0] ?? 0) - 14);
    expect(placed[0]).toBeLessThanOrEqual((placed[1] ?? 0) - 14);
    expect(Math.max(...placed)).toBeLessThanOrEqual(110);
  });
});

describe('dumbbell and heat map', () => {
  const row = { name: 'truck', band: 'few' as const, description: 'truck' };
  const draw = (before: number | null, after: number | null): Shape =>
    dumbbell([{ ...row, before, after }], { width: 400, format: String, description: 'Recall' });

  it('says better or worse by class, not by colour alone', () => {
    expect(withClass(draw(0.1, 0.6), 'better')).toHaveLength(1);
    expect(withClass(draw(0.6, 0.1), 'worse')).toHaveLength(1);
  });

  it('leaves out what has no score', () => {
    expect(withClass(draw(null, 0.5), 'before')).toHaveLength(0);
    expect(withClass(draw(null, 0.5), 'change')).toHaveLength(0);
    expect(withClass(draw(0.5, null), 'value')[0]?.text).toBe('–');
  });

  it('escapes names from a disk', () => {
    const text = svgText(
      dumbbell([{ ...row, name: '<img src=x>', before: 0, after: 1 }], {
        width: 400,
        format: String,
        description: '"quoted" & <more>',
      }),
    );
    expect(text).not.toContain('<img');
    expect(text).toContain('&quot;quoted&quot; &amp; &lt;more&gt;');
  });
});
