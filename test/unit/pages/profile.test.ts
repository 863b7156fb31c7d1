import { describe, expect, it } from 'vitest';
import { distributionMeasures } from '../../../src/methods/distribution';
import { resolveBands } from '../../../src/methods/bands';
import type { LongTailProfile } from '../../../src/profile/types';
import { arrange, byName } from '../../../webview/profile/arrange';
import { leadSentences } from '../../../webview/profile/leadSentences';
import { classRowsOf } from '../../../webview/profile/view';
import { rowHeight, visibleRows } from '../../../webview/profile/windowRows';

const profileOf = (counts: Readonly<Record<string, number>>): LongTailProfile => {
  const values = Object.values(counts);
  const { bands, assignment } = resolveBands(values, 'auto');
  const total = values.reduce((sum, n) => sum + n, 0);
  return {
    schema: 'longtail.profile/1',
    dataset: {
      root: '/data/set',
      format: 'image-folder',
      task: 'single-label',
      modality: 'image',
      fingerprint: 'f',
    },
    samples: total,
    unlabelled: 0,
    profiledSplit: 'train',
    bands,
    classes: Object.entries(counts).map(([name, count], i) => ({
      name,
      // Twice as many over all splits: the page must show the profiled split.
      count: count * 2,
      splits: { train: count, test: count },
      band: assignment[i] ?? 'medium',
    })),
    splits: { train: { samples: total, labels: total }, test: { samples: total, labels: total } },
    metrics: distributionMeasures(values),
    issues: [],
  };
};

describe('the plain sentence', () => {
  it('names severity, both ends, ratio and the share of the head', () => {
    const text = leadSentences(profileOf({ truck: 50, plane: 5000, bird: 700 })).join(' ');
    expect(text).toContain('Severe long tail.');
    expect(text).toContain('plane');
    expect(text).toContain('truck');
    expect(text).toContain('100 times');
    expect(text).toContain('5,000 images against 50 images');
  });

  it('says so when all classes are alike', () => {
    expect(leadSentences(profileOf({ a: 7, b: 7 }))).toEqual([
      'Balanced.',
      'Every class has 7 images.',
    ]);
  });

  it('has a sentence for one class and for none', () => {
    expect(leadSentences(profileOf({ only: 3 }))[0]).toContain('only');
    expect(leadSentences(profileOf({}))).toHaveLength(1);
    expect(leadSentences(profileOf({ a: 0 }))).toEqual(leadSentences(profileOf({})));
  });

  it('leaves empty classes out of the ratio', () => {
    expect(leadSentences(profileOf({ a: 90, b: 30, ghost: 0 })).join(' ')).toContain('3 times');
  });
});

describe('the class table', () => {
  const rows = classRowsOf(profileOf({ Ant: 5, bee: 5, cat: 1000 }));
  const ui = { sort: 'count', descending: true, filter: '', band: '' };
  const names = (found: readonly { name: string }[]): readonly string[] =>
    found.map(({ name }) => name);
  const byCount = (a: { count: number }, b: { count: number }): number => a.count - b.count;

  it('shows counts and shares of the profiled split', () => {
    expect(rows[0]).toMatchObject({ name: 'cat', count: 1000, share: 1000 / 1010 });
  });

  it('sorts both ways, ties by name either way', () => {
    expect(names(arrange(rows, ui, byCount))).toEqual(['cat', 'Ant', 'bee']);
    expect(names(arrange(rows, { ...ui, descending: false }, byCount))).toEqual([
      'Ant',
      'bee',
      'cat',
    ]);
  });

  it('filters by name without regard to case, and by band', () => {
    expect(names(arrange(rows, { ...ui, filter: ' A ' }, byName))).toEqual(['cat', 'Ant']);
    expect(names(arrange(rows, { ...ui, band: rows[0]?.band ?? '' }, byName))).toEqual(['cat']);
  });

  it('draws the rows in view and a few around, never outside the table', () => {
    const { from, to } = visibleRows(1000 * rowHeight, 20 * rowHeight, 10_000);
    expect(from).toBeLessThanOrEqual(1000);
    expect(to).toBeGreaterThanOrEqual(1020);
    expect(to - from).toBeLessThan(60);
    expect(visibleRows(9_999 * rowHeight, 500, 10_000).to).toBe(10_000);
    expect(visibleRows(0, 0, 0)).toEqual({ from: 0, to: 0 });
    // Fewer rows after filtering, the old scroll position still there.
    expect(visibleRows(9_000 * rowHeight, 500, 3)).toEqual({ from: 2, to: 3 });
  });
});
