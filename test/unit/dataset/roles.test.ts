import { describe, expect, it } from 'vitest';
import { cellKind, labelsOf } from '../../../src/dataset/formats/csv/labelCells';
import { inferRoles } from '../../../src/dataset/formats/csv/roles';
import type { NamedColumns } from '../../../src/dataset/formats/csv/roles';

const roles = (text: string, named: NamedColumns = {}) => {
  const found = inferRoles(
    text.split('\n').map((line) => line.split(',')),
    named,
  );
  const name = (at: number | null): string | null => found.columns[at ?? -1]?.name ?? null;
  return {
    header: found.header,
    label: name(found.label),
    by: found.labelBy,
    path: name(found.path),
    split: name(found.split),
    features: found.features.map(name),
  };
};

describe('inferRoles', () => {
  it('goes by names first', () => {
    expect(roles('id,file_name,Species,set\n1,a.png,ant,train\n2,b.png,bee,test')).toMatchObject({
      header: true,
      label: 'Species',
      by: 'name',
      path: 'file_name',
      split: 'set',
    });
  });

  it('prefers the name of a class to its number', () => {
    expect(roles('class_id,class_name\n0,ant\n1,bee').label).toBe('class_name');
  });

  it('finds roles by values where the names say nothing', () => {
    const rows = [
      'a,b,c',
      'x/1.png,ant,train',
      'x/2.png,ant,train',
      'x/3.png,bee,val',
      'x/4.png,ant,test',
    ];
    expect(roles(rows.join('\n'))).toMatchObject({
      label: 'b',
      by: 'content',
      path: 'a',
      split: 'c',
    });
  });

  it('does not take the edge of a box for a label', () => {
    const rows = [
      'filename,cell_type,xmin,xmax,ymin,ymax',
      'a.jpg,WBC,260,491,177,480',
      'a.jpg,RBC,78,184,336,480',
      'b.jpg,RBC,63,169,237,480',
      'b.jpg,RBC,9,60,237,300',
    ];
    expect(roles(rows.join('\n')).label).toBe('cell_type');
  });

  it('reads a table without a header', () => {
    expect(roles('x/1.png,ant\nx/2.png,bee\nx/3.png,ant')).toMatchObject({
      header: false,
      label: 'column 2',
      path: 'column 1',
    });
  });

  it('takes a long tail of many classes for a label too', () => {
    // 45 of 100 rows are of one class, the others are all different: more than half are distinct.
    const rows = Array.from(
      { length: 100 },
      (_, i) => `${String(i / 3)},${i < 45 ? 'oak' : `rare ${String(i)}`}`,
    );
    expect(roles(`width,kind\n${rows.join('\n')}`).label).toBe('kind');
  });

  it('does not take measurements or row numbers for labels', () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${String(i)},0.${String(i % 3)}`);
    expect(roles(`,width\n${rows.join('\n')}`).label).toBeNull();
  });

  it('leaves row numbers, label and split out of the features', () => {
    const rows = ['0,1.5,2,ant,train', '1,2.5,3,bee,test'];
    expect(roles(`,length,width,label,split\n${rows.join('\n')}`).features).toEqual([
      'length',
      'width',
    ]);
  });

  it('does what the user says, by name or number', () => {
    const text = 'label,kind\n1,ant\n2,bee';
    expect(roles(text, { labelColumn: 'kind' })).toMatchObject({ label: 'kind', by: 'user' });
    expect(roles(text, { labelColumn: '2' }).label).toBe('kind');
    expect(roles(text, { labelColumn: 'nothing' }).by).not.toBe('user');
  });

  it('does not take a column of fold numbers for splits', () => {
    expect(roles('label,fold\nant,1\nbee,2').split).toBeNull();
  });
});

describe('label cells', () => {
  it.each([
    [['a', 'b', 'a'], { kind: 'single', wholeFloats: false }],
    [['1.0', '2.0'], { kind: 'single', wholeFloats: true }],
    [['1.0', '2.5'], { kind: 'single', wholeFloats: false }],
    [['a|b', 'a', 'b', 'b|a'], { kind: 'separated', separator: '|' }],
    [["['a', 'b']", '[]'], { kind: 'list' }],
    // A separator inside one name only: no two cells share a part.
    [['black, white', 'red', 'green'], { kind: 'single', wholeFloats: false }],
  ])('%j', (values, kind) => {
    expect(cellKind(values)).toEqual(kind);
  });

  it('reads lists of JSON and Python, and misses what is missing', () => {
    expect(labelsOf(`["a b", 'c', d, "a b"]`, { kind: 'list' })).toEqual(['a b', 'c', 'd']);
    expect(labelsOf(' 7.0 ', { kind: 'single', wholeFloats: true })).toEqual(['7']);
    for (const cell of ['', ' ', 'NaN', 'null', '<NA>'])
      expect(labelsOf(cell, { kind: 'single', wholeFloats: false })).toEqual([]);
    expect(labelsOf('None', { kind: 'single', wholeFloats: false })).toEqual(['None']);
  });
});
