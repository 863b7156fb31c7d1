import { describe, expect, it } from 'vitest';
import { openSamples } from '../../../src/dataset/samples';
import { scanDatasetSync } from '../../../src/dataset/scan';
import type { FormatOptions } from '../../../src/dataset/types';
import { memorySource } from './memorySource';
import type { Tree } from './memorySource';

const scan = (tree: Tree, root = '/data', options: FormatOptions = {}) =>
  scanDatasetSync(memorySource(tree), root, options);
const codes = (tree: Tree, root = '/data'): string[] =>
  scan(tree, root).issues.map(({ code }) => code);

describe('columns parted by blanks', () => {
  const file = '/data/x.txt';
  const classes = (text: string, options: FormatOptions = {}): readonly string[] =>
    scan({ [file]: text }, file, { format: 'csv', ...options }).classNames;

  it('are read where every row has as many, one of numbers', () => {
    expect(classes('1.5  cat\n2.5  dog\n11   cat\n7 cat\n')).toEqual(['cat', 'dog']);
    expect(classes('a b label\n1 2 x\n3 4 y\n5 6 x\n')).toEqual(['x', 'y']);
    expect(classes('\t1 \t2.5  x\n\t3  4.5\ty\t\n 5 6 x\n7 8 x')).toEqual(['x', 'y']);
  });

  it('are not made of names of two words, nor of numbered ones', () => {
    expect(classes('label\nNew York\nLos Angeles\nNew York\n')).toEqual([
      'Los Angeles',
      'New York',
    ]);
    expect(classes('class 1\nclass 2\nclass 1\nclass 1\n')).toEqual(['class 1', 'class 2']);
  });

  it('give way to any other mark that parts rows evenly', () => {
    expect(classes('1 2,x y\n3 4,x z\n5 6,x y\n7 8,x y\n')).toEqual(['x y', 'x z']);
  });

  it('can be named', () => {
    expect(classes('a x\nb y\nc x\nd x\n', { delimiter: ' ' })).toEqual(['x', 'y']);
  });

  it('are asked about where nothing parts rows evenly', () => {
    const text =
      'one two three\nfour five six seven\neight nine ten\neleven twelve more than ten\n';
    expect(codes({ '/data/x.csv': text })).toContain('dataset/csv-one-column');
    expect(codes({ '/data/x.csv': 'label\na\nb\na\n' })).not.toContain('dataset/csv-one-column');
  });
});

describe('names of the ids in a table', () => {
  const table = 'size,label\n1.5,0\n2.5,1\n3.5,0\n4.5,1\n';
  const classes = (tree: Tree): readonly string[] =>
    scan({ '/data/data.csv': table, ...tree }, '/data').classNames;

  it.each([
    ['a table', { '/data/classes.csv': 'name,id\nant,0\nbee,1\n' }],
    ['a table without header', { '/data/class_map.tsv': '0\tant\n1\tbee\n' }],
    ['a list that begins at 0', { '/data/class_names.txt': 'ant\nbee\n' }],
    ['a list with numbers', { '/data/labels.txt': '1 bee\n0 ant\n' }],
  ])('are read from %s', (_, tree) => {
    expect([...classes(tree)].sort()).toEqual(['ant', 'bee']);
  });

  it.each([
    [
      'two files that do not agree',
      { '/data/classes.txt': 'a\nb\n', '/data/labels.txt': 'c\nd\n' },
    ],
    ['a list that is too short', { '/data/classes.txt': 'ant\n' }],
    ['a name twice', { '/data/classes.csv': 'id,name\n0,ant\n1,ant\n' }],
    ['an empty name', { '/data/classes.csv': 'id,name\n0,ant\n1,\n' }],
    ['a file of another name', { '/data/other.csv': 'id,name\n0,ant\n1,bee\n' }],
  ])('are not guessed from %s', (_, tree) => {
    expect(classes(tree)).toEqual(['0', '1']);
  });

  it('keep ids that have none as they are, with a word', () => {
    const rows = `${table.repeat(120).replaceAll('\nsize,label', '')}9,7\n`.repeat(1);
    const tree = { '/data/data.csv': rows, '/data/classes.csv': 'id,name\n0,ant\n1,bee\n' };
    const index = scan(tree);
    expect(index.classNames).toEqual(['ant', 'bee', '7']);
    expect(index.issues.map(({ code }) => code)).toContain('dataset/ids-without-name');
  });
});

describe('pictures in rows', () => {
  const named = (mark: (at: number) => string, count: number): string =>
    ['label', ...Array.from({ length: count }, (_, at) => mark(at))].join(',');
  const row = (label: string, count: number): string =>
    [label, ...Array.from({ length: count }, (_, at) => String(at % 256))].join(',');

  it.each([
    ['pixel0 …', (at: number) => `pixel${String(at)}`, 784, 28, 1],
    [
      '1x1 …',
      (at: number) => `${String(1 + Math.floor(at / 28))}x${String(1 + (at % 28))}`,
      784,
      28,
      1,
    ],
    [
      'pixel0000 … of three colours',
      (at: number) => `pixel${String(at).padStart(4, '0')}`,
      192,
      8,
      3,
    ],
  ])('are known by %s', (_, mark, count, side, channels) => {
    const tree = {
      '/data/train.csv': [named(mark, count), row('3', count), row('5', count)].join('\n'),
    };
    const index = scan(tree);
    expect([index.modality, index.classNames]).toEqual(['image', ['3', '5']]);
    const reader = openSamples(memorySource(tree), index);
    expect(reader.rows).toBeUndefined();
    expect(reader.readSample(index.locator(1))).toMatchObject({
      width: side,
      height: side,
      channels,
    });
  });

  it('are not seen in columns that make no square, or are no bytes', () => {
    const modality = (count: number, cell: string): string => {
      const cells = [cell, ...Array<string>(count - 1).fill('3')].join(',');
      const text = ['a', 'b', 'a', 'a'].map((label) => `${cells},${label}\n`).join('');
      return scan({ '/data/a.csv': text }).modality;
    };
    expect(modality(256, '4')).toBe('image');
    expect(modality(300, '4')).toBe('tabular');
    expect(modality(256, '256')).toBe('tabular');
    expect(modality(256, '4.5')).toBe('tabular');
  });
});
