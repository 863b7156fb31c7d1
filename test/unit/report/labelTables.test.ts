import { describe, expect, it } from 'vitest';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { profileDataset } from '../../../src/profile/profile';
import type { LongTailProfile } from '../../../src/profile/types';
import { profileText } from '../../../src/cli/profileText';
import { classColumns, labelTables } from '../../../src/report/labelTables';
import { missing } from '../../../src/report/tables';
import { memorySource } from '../dataset/memorySource';

const profileOf = (path: string, text: string): LongTailProfile =>
  profileDataset(scanDatasetSync(memorySource({ [path]: text }), path));

const several = profileOf(
  '/data/labels.csv',
  ['file,cat,dog,fox', 'a,1,0,0', 'b,1,0,0', 'c,1,1,0', 'd,1,0,1', 'e,0,1,0'].join('\n'),
);
const boxes = profileOf(
  '/data/instances.json',
  JSON.stringify({
    images: [{ id: 1, file_name: '1.png' }],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 10, 10], area: 100 },
      { id: 2, image_id: 1, category_id: 1, bbox: [0, 0, 50, 40], area: 2000 },
    ],
    categories: [
      { id: 1, name: 'car' },
      { id: 2, name: 'ship' },
    ],
  }),
);
const single = profileOf('/data/one.csv', 'text,label\nx,a\ny,b\nz,a\n');

const texts = (profile: LongTailProfile): string[][] =>
  labelTables(profile).flatMap(({ table }) =>
    table.rows.map(({ cells }) => cells.map(({ text }) => text)),
  );
const shown = (profile: LongTailProfile): string =>
  profileText(profile, { all: false, columns: 120, paint: (_, text) => text });

describe('tables of labels', () => {
  it('show label sets with their pairs', () => {
    expect(texts(several).map(([name, value]) => [name, value])).toEqual([
      ['labels a sample', '1.4'],
      ['different label sets', '4'],
      ['mean IRLbl', '2.33'],
      ['CVIR', '0.655'],
      ['SCUMBLE', '0.0514'],
      ['rare labels', '1'],
      ['fox', 'cat'],
    ]);
    const text = shown(several);
    expect(text).toContain('Several labels a sample');
    expect(text).toMatch(/^fox +\S+ +1 +4 +0\.2 /m);
  });

  it('show objects by size and group', () => {
    const found: Record<string, string | undefined> = Object.fromEntries(
      texts(boxes).map(([name = '', value = '']) => [name, value]),
    );
    expect(found).toMatchObject({
      objects: '2',
      'small objects': '1',
      'medium objects': '1',
      'large objects': '0',
      'rare classes': '1',
      'classes in no image': '1',
      'images to repeat': '0',
    });
    const columns = classColumns(boxes);
    expect(columns.map(({ key }) => key)).toEqual([
      ...['images', 'small', 'medium', 'large', 'group', 'repeat'],
    ]);
    const ship = boxes.classes.findIndex(({ name }) => name === 'ship');
    const group = columns.find(({ key }) => key === 'group');
    expect(group?.text(ship)).toBe(missing);
    expect(group?.rank(ship)).toBeLessThan(group?.rank(1 - ship) ?? NaN);
    expect(shown(boxes)).toMatch(/^car .* 1 +1 +1 +0 +rare +1 × /m);
  });

  it('are not there where a sample has one label', () => {
    expect(labelTables(single)).toEqual([]);
    expect(classColumns(single)).toEqual([]);
  });

  it('have words for every cell', () => {
    for (const profile of [several, boxes]) expect(shown(profile)).not.toMatch(/labels\/|\?/);
  });
});
