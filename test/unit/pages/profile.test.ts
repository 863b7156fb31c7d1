import { describe, expect, it } from 'vitest';
import { packColumns } from '../../../src/profile/packedColumns';
import { createArranger, type SortValues, type TableUi } from '../../../webview/profile/arrange';
import { byteOrder } from '../../../webview/profile/byteOrder';
import { rowAt } from '../../../webview/profile/classes';
import { leadSentences } from '../../../webview/profile/leadSentences';
import { between, createSelection } from '../../../webview/profile/selection';
import { sortPlaces } from '../../../webview/profile/order';
import { pageOf } from './pageOf';
import { rowHeight, visibleRows } from '../../../webview/ui/windowRows';

const sentences = (sizes: Readonly<Record<string, number>>): readonly string[] => {
  const { profile, classes } = pageOf(sizes);
  return leadSentences(profile, classes);
};

describe('the plain sentence', () => {
  it('names severity, both ends, ratio and the share of the head', () => {
    const text = sentences({ truck: 50, plane: 5000, bird: 700 }).join(' ');
    expect(text).toContain('Severe long tail.');
    expect(text).toContain('plane');
    expect(text).toContain('truck');
    expect(text).toContain('100 times');
    expect(text).toContain('5,000 images against 50 images');
  });

  it('says so when all classes are alike', () => {
    expect(sentences({ a: 7, b: 7 })).toEqual(['Balanced.', 'Every class has 7 images.']);
  });

  it('has a sentence for one class and for none', () => {
    expect(sentences({ only: 3 })[0]).toContain('only');
    expect(sentences({})).toHaveLength(1);
    expect(sentences({ a: 0 })).toEqual(sentences({}));
  });

  it('leaves empty classes out of the ratio', () => {
    expect(sentences({ a: 90, b: 30, ghost: 0 }).join(' ')).toContain('3 times');
  });
});

describe('the class table', () => {
  const { classes } = pageOf({ bee: 5, Ant: 5, cat: 1000, ghost: 0 });
  const ui: TableUi = { sort: 'count', descending: true, filter: '', band: '' };
  const arrange = createArranger(classes);
  const names = (next: Partial<TableUi>, by: SortValues = classes.counts): readonly string[] =>
    Array.from(arrange({ ...ui, ...next }, by), classes.name);

  it('shows counts and shares of the profiled split', () => {
    const [place = -1] = classes.order;
    expect(rowAt(classes, place)).toMatchObject({ name: 'cat', count: 1000, share: 1000 / 1010 });
  });

  it('sorts both ways, ties by name either way', () => {
    expect(names({})).toEqual(['cat', 'Ant', 'bee', 'ghost']);
    expect(names({ descending: false })).toEqual(['ghost', 'Ant', 'bee', 'cat']);
  });

  it('sorts by fractions, those without a value below everything', () => {
    const values = [0.25, NaN, 0.5, -1];
    expect(names({}, values)).toEqual(['cat', 'bee', 'ghost', 'Ant']);
    expect(names({ descending: false }, values)).toEqual(['Ant', 'ghost', 'bee', 'cat']);
  });

  it('filters by name without regard to case, and by band', () => {
    const byName = { sort: 'name', descending: false };
    expect(names({ ...byName, filter: ' A ' }, 'name')).toEqual(['Ant', 'cat']);
    const band = rowAt(classes, classes.order[0] ?? 0).band;
    expect(names({ ...byName, band }, 'name')).toEqual(['cat']);
  });

  it('sorts many by number as few are sorted, ties as they stood', () => {
    const some = [0, -0, 1, -1, 0.5, -0.5, 1e-300, 1e300, -1e300, NaN, Infinity, 3, 3.0000000001];
    const values = Float64Array.from({ length: 5000 }, (_, i) => some[(i * 7919) % 13] ?? 0);
    const base = Uint32Array.from(values.keys()).reverse();
    const valueAt = (place: number): number => {
      const value = values[place] ?? NaN;
      return Number.isNaN(value) ? -Infinity : value;
    };
    for (const sign of [1, -1]) {
      const expected = base.slice().sort((a, b) => {
        const [left, right] = [valueAt(a), valueAt(b)];
        return left === right ? 0 : sign * (left < right ? -1 : 1);
      });
      expect(sortPlaces(base, values, sign === -1)).toEqual(expected);
    }
  });

  it('sorts names by byte without making texts of them, the same names by place', () => {
    const letters = ['', 'a', 'b', 'ä', '10', '2', 'class-', '名', '\u{1F600}', 'Z'];
    const names = Array.from({ length: 4000 }, (_, i) =>
      [i * 7, i * 31, i * 17].map((n) => letters[n % 10] ?? '').join(''),
    );
    const bytes = names.map((name) => Buffer.from(name));
    const columns = packColumns({
      names,
      counts: new Float64Array(names.length),
      splitNames: [],
      splitCounts: [],
      images: null,
      bands: new Uint8Array(names.length),
    });
    const expected = [...names.keys()].sort(
      (a, b) => Buffer.compare(bytes[a] ?? Buffer.of(), bytes[b] ?? Buffer.of()) || a - b,
    );
    expect([...byteOrder(columns)]).toEqual(expected);
    const sorted = packColumns({ ...columns, names: names.toSorted() });
    expect(byteOrder(sorted).slice(0, 3)).toEqual(Uint32Array.of(0, 1, 2));
  });

  it('holds a million classes', () => {
    const size = 1_000_000;
    const counts = Float64Array.from({ length: size }, (_, i) => (i * 7919) % 1000);
    const order = sortPlaces(Uint32Array.from(counts.keys()), counts, true);
    expect(order).toHaveLength(size);
    let falling = true;
    for (let i = 1; i < size; i++) {
      const [before = 0, after = 0] = [order[i - 1], order[i]];
      const apart = (counts[before] ?? 0) - (counts[after] ?? 0);
      if (apart < 0 || (apart === 0 && before > after)) falling = false;
    }
    expect(falling).toBe(true);
  });

  it('selects one, a stretch and all, and counts each once', () => {
    const selection = createSelection(10);
    selection.set([3], true);
    selection.set(between(Uint32Array.from([9, 3, 7, 1]), 3, 1), true);
    expect(selection.places()).toEqual([1, 3, 7]);
    selection.set([3, 99], false);
    expect(selection.count()).toBe(2);
    selection.clear();
    expect(selection.places()).toEqual([]);
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
