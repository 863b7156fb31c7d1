import { describe, expect, it } from 'vitest';
import { bandEdges } from '../../../src/charts/bandGrips';
import { rankFrequency } from '../../../src/charts/rankFrequency';
import { resolveBands } from '../../../src/methods/bands';
import { bandNumbers } from '../../../src/profile/classRows';
import { moveEdge, thresholdsOf, withThresholds } from '../../../webview/profile/bands';
import { pageOf } from './pageOf';

const rowsOf = (counts: readonly number[], bands: Parameters<typeof resolveBands>[1]) => {
  const { assignment } = resolveBands(counts, bands);
  return counts.map((count, place) => ({
    name: `c${place}`,
    count,
    band: assignment[place] ?? 'medium',
  }));
};

const columnsOf = (counts: readonly number[], bands: Parameters<typeof resolveBands>[1]) => ({
  counts: Float64Array.from(counts),
  bands: bandNumbers(resolveBands(counts, bands).assignment),
});

describe('bands that are dragged', () => {
  const counts = [500, 200, 200, 90, 40, 40, 7, 1];

  it.each(['count', 'rank', 'lvis'] as const)('start as the scheme %s has them', (scheme) => {
    const rows = rowsOf(counts, scheme);
    const again = rowsOf(counts, thresholdsOf(columnsOf(counts, scheme)));
    expect(again.map(({ band }) => band)).toEqual(rows.map(({ band }) => band));
  });

  it('put as many classes before the edge as were left of it, ties together', () => {
    const start = { manyAbove: 100, fewBelow: 20 };
    const bandsAfter = (edge: 'many' | 'few', place: number) =>
      resolveBands(
        counts,
        moveEdge(
          counts.map((count) => ({ count })),
          start,
          edge,
          place,
        ),
      ).assignment;
    const many = (edge: 'many' | 'few', place: number): number =>
      bandsAfter(edge, place).filter((band) => band === 'many').length;
    const few = (place: number): number =>
      bandsAfter('few', place).filter((band) => band === 'few').length;
    expect(many('many', 1)).toBe(1);
    // Two classes of 200: none or both.
    expect(many('many', 2)).toBe(1);
    expect(many('many', 0)).toBe(0);
    expect(few(7)).toBe(1);
    expect(few(8)).toBe(0);
    expect(few(4)).toBe(4);
  });

  it('are the bands that a config of these thresholds has', () => {
    const thresholds = { manyAbove: 250, fewBelow: 5 };
    const { profile, classes } = pageOf(Object.fromEntries(counts.map((n, i) => [`c${i}`, n])));
    const banded = withThresholds(profile, classes, thresholds);
    expect(banded.profile.bands.scheme).toBe('custom');
    expect(banded.classes.bands).toEqual(columnsOf(counts, thresholds).bands);
    expect(classes.bands).not.toEqual(banded.classes.bands);
  });

  it('never cross', () => {
    const rows = counts.map((count) => ({ count }));
    for (let place = 0; place <= counts.length; place++)
      for (const edge of ['many', 'few'] as const) {
        const { manyAbove, fewBelow } = moveEdge(
          rows,
          { manyAbove: 100, fewBelow: 20 },
          edge,
          place,
        );
        expect(fewBelow).toBeLessThanOrEqual(manyAbove + 1);
        expect(manyAbove).toBeGreaterThanOrEqual(0);
      }
  });

  it('stand between the bars they part', () => {
    const rows = rowsOf(counts, 'count');
    const { bars } = rankFrequency(rows, {
      width: 760,
      height: 320,
      axis: 'log',
      bandNames: { many: 'many', medium: 'medium', few: 'few' },
      format: String,
      describe: () => '',
    });
    const [many, few] = bandEdges(bars, 760);
    expect(many?.x).toBeGreaterThan(bars[2]?.x ?? 0);
    expect(many?.x).toBeLessThan(bars[3]?.x ?? 0);
    expect(few?.x).toBeLessThan(bars[6]?.x ?? 0);
    expect(few?.x).toBeGreaterThan(bars[5]?.x ?? 0);
  });
});
