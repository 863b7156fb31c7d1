import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnGroups, folderGroups } from '../../../src/dataset/sampleGroups';
import { scanDatasetSync } from '../../../src/dataset/scan';
import type { DatasetIndex } from '../../../src/dataset/types';
import { profileDataset } from '../../../src/profile/profile';
import { profileSchema } from '../../../src/profile/schema';
import { profileWithinClass } from '../../../src/profile/withinClass';
import { withinSentences, withinTable } from '../../../src/report/withinClass';
import { memorySource } from '../dataset/memorySource';

/** Rows of label and site, in the training split unless another is named. */
type Row = readonly [label: string, site: string, split?: string];

const csv = (rows: readonly Row[]): string =>
  ['x,label,site,split', ...rows.map(([a, b, s = 'train'], i) => `${i}.5,${a},${b},${s}`)].join(
    '\n',
  );

const readWith = (text: string, labelColumn: string): DatasetIndex => {
  const source = memorySource({ '/data/t.csv': text });
  return scanDatasetSync(source, '/data/t.csv', { format: 'csv', labelColumn });
};

const bySite = (rows: readonly Row[]) => {
  const text = csv(rows);
  const [index, other] = [readWith(text, 'label'), readWith(text, 'site')];
  const groups = columnGroups(index, other, 'site');
  const { profiledSplit } = profileDataset(index);
  return profileWithinClass(index, profiledSplit, { by: 'site', ...groups });
};

const times = (count: number, row: Row): Row[] => Array.from({ length: count }, () => row);

describe('classes by a column', () => {
  it('name the cells furthest below the expectation, with k of n', () => {
    // 60 labels, 30 north and 30 south: of 20 flies 10 are expected in the south, of 40 bees 20.
    const facts = bySite([
      ...times(12, ['bee', 'north']),
      ...times(28, ['bee', 'south']),
      ...times(18, ['fly', 'north']),
      ...times(2, ['fly', 'south']),
      // Another split counts for nothing.
      ...times(50, ['fly', 'south', 'test']),
    ]);
    expect(facts).toMatchObject({ labels: 60, withoutGroup: 0, cells: 4, emptyCells: 0 });
    expect(facts?.worst).toMatchObject([
      { class: 'fly', group: 'south', count: 2, of: 20, share: 0.1, expectedShare: 0.5 },
      { class: 'bee', group: 'north', count: 12, of: 40, share: 0.3 },
    ]);
    // P(X ≤ 2 | 20, ½) = 211 / 2^20, twice that is .0004; P(X ≤ 12 | 40, ½) = .0083.
    expect(facts?.worst.map(({ beyondChance }) => beyondChance)).toEqual([true, true]);
    expect(facts?.table).toEqual([
      { name: 'bee', counts: [12, 28] },
      { name: 'fly', counts: [18, 2] },
    ]);
    expect(withinTable(facts!, 1).rows[0]?.cells.map(({ text }) => text)).toEqual([
      ...['fly', 'south', '2 of 20', '10 %', '50 %'],
    ]);
  });

  it('count empty cells and name classes of a single site', () => {
    const facts = bySite([
      ...times(9, ['bee', 'north']),
      ...times(9, ['bee', 'south']),
      ...times(9, ['fly', 'north']),
      ['wasp', 'north'],
      ['wasp', ''],
    ]);
    expect(facts).toMatchObject({
      cells: 6,
      emptyCells: 2,
      withoutGroup: 1,
      fromOneGroup: { count: 1, names: ['fly'] },
    });
    expect(withinSentences(facts!)[1]).toContain('fly');
  });

  it('do not call chance a finding: where less than three were to be expected nothing is named', () => {
    const facts = bySite([...times(5, ['bee', 'north']), ...times(2, ['fly', 'south'])]);
    expect(facts?.emptyCells).toBe(2);
    expect(facts?.worst.map((cell) => [cell.class, cell.group])).toEqual([]);
  });

  it('add up, whatever the table', () => {
    const row = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('p', 'q', 'r', ''));
    fc.assert(
      fc.property(fc.array(row, { minLength: 6, maxLength: 60 }), (rows) => {
        if (new Set(rows.map(([label]) => label)).size < 2 || !rows.some(([, s]) => s !== ''))
          return;
        const facts = bySite(rows);
        const labels = rows.filter(([, site]) => site !== '').length;
        expect(facts?.labels).toBe(labels);
        expect(facts?.withoutGroup).toBe(rows.length - labels);
        const sum = facts?.table?.flatMap(({ counts }) => counts).reduce((a, b) => a + b, 0);
        expect(sum).toBe(labels);
        for (const { share, expectedShare, count, of } of facts?.worst ?? []) {
          expect(share).toBeLessThan(expectedShare);
          expect(share).toBe(count / of);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('refuse a column that is no group, or not there', () => {
    const rows = Array.from({ length: 60 }, (_, i): Row => ['ab'[i % 2] ?? '', `s${i}`]);
    expect(() => bySite(rows)).toThrow(/within\/too-many-groups/);
    const text = csv(times(4, ['a', 'n']));
    const index = readWith(text, 'label');
    expect(() => columnGroups(index, readWith(text, 'sitte'), 'sitte')).toThrow(
      /column-missing|column-unread/,
    );
  });

  it('are a part of the profile that its schema knows', () => {
    const rows = [...times(9, ['bee', 'north']), ...times(9, ['fly', 'south'])];
    const profile = profileDataset(readWith(csv(rows), 'label'));
    const withinClass = bySite(rows);
    expect(() => profileSchema.parse({ ...profile, withinClass })).not.toThrow();
  });
});

describe('classes by folders', () => {
  const folders = (paths: readonly string[]): DatasetIndex =>
    scanDatasetSync(
      memorySource(Object.fromEntries(paths.map((path) => [`/data/${path}`, '']))),
      '/data',
      { format: 'image-folder' },
    );
  const namesOf = (paths: readonly string[], level: number | null): readonly string[] =>
    [...folderGroups(folders(paths), level).names].sort();

  it('are what lies between split, class and file', () => {
    const paths = ['train', 'test'].flatMap((split) =>
      ['bee', 'fly'].flatMap((name) =>
        ['north/cam1', 'south/cam2'].map((site) => `${split}/${name}/${site}/1.png`),
      ),
    );
    expect(namesOf(paths, null)).toEqual(['north/cam1', 'south/cam2']);
    expect(namesOf(paths, 1)).toEqual(['north', 'south']);
    expect(namesOf(paths, 2)).toEqual(['cam1', 'cam2']);
  });

  it('need folders below the class, and samples that are files', () => {
    expect(() => namesOf(['bee/1.png', 'fly/1.png'], null)).toThrow(/within\/no-folders/);
    const rows = readWith(csv([...times(3, ['a', 'n']), ...times(3, ['b', 's'])]), 'label');
    expect(() => folderGroups(rows, null)).toThrow(/within\/needs-files/);
  });
});
