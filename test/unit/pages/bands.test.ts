import { describe, expect, it } from 'vitest';
import { bandEdges, rankFrequency } from '../../../src/charts/rankFrequency';
import { resolveBands } from '../../../src/methods/bands';
import { moveEdge, thresholdsOf } from '../../../webview/profile/bands';
import type { ClassRow } from '../../../webview/profile/view';

const rowsOf = (counts: readonly number[], bands: Parameters<typeof resolveBands>[1]) => {
  const { assignment } = resolveBands(counts, bands);
  return counts.map((count, place): ClassRow => ({
    place,
    name: `c${place}`,
    count,
    band: assignment[place] ?? 'medium',
    splits: {},
    all: count,
    share: 0,
  }));
};

describe('bands that are dragged', () => {
  const counts = [500, 200, 200, 90, 40, 40, 7, 1];

  it.each(['count', 'rank', 'lvis'] as const)('start as the scheme %s has them', (scheme) => {
    const rows = rowsOf(counts, scheme);
    const again = rowsOf(counts, thresholdsOf(rows));
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
