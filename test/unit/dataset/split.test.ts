import { describe, expect, it } from 'vitest';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { splitFiles } from '../../../src/dataset/split/lists';
import { proposeSplit } from '../../../src/dataset/split/propose';
import type { ListStyle, SplitRequest } from '../../../src/dataset/split/types';
import { wantedParts } from '../../../src/dataset/split/wantedParts';
import { splitMarkdown } from '../../../src/report/split';
import { splitSchema } from '../../../src/report/splitSchema';
import { codeOf } from '../../support/codeOf';
import { memorySource, type Tree } from './memorySource';

describe('wantedParts', () => {
  it('names two and three parts, takes names and percentages', () => {
    expect(wantedParts('0.8,0.2')).toEqual([
      { name: 'train', share: 0.8 },
      { name: 'test', share: 0.2 },
    ]);
    expect(wantedParts('80, 10, 10').map(({ name }) => name)).toEqual([
      'train',
      'validation',
      'test',
    ]);
    expect(wantedParts('a=0.25,b=0.75')[1]).toEqual({ name: 'b', share: 0.75 });
  });

  it.each([
    '1',
    '0.5,0,0.5',
    '0.5,x',
    '0.25,0.25,0.25,0.25',
    'a=0.5,a=0.5',
    '../a=0.5,b=0.5',
    '0.5,',
  ])('refuses %s', (text) => expect(codeOf(() => wantedParts(text))).toBe('propose/shares'));
  it('refuses shares that do not add up', () =>
    expect(codeOf(() => wantedParts('0.8,0.1'))).toBe('propose/shares-sum'));
});

const usual: SplitRequest = { parts: wantedParts('0.8,0.1,0.1'), seed: 1 };
const propose = (tree: Tree, request: SplitRequest = usual, root = '/data') => {
  const source = memorySource(tree);
  const index = scanDatasetSync(source, root);
  const split = proposeSplit(source, index, request);
  const lists = (style: Partial<ListStyle> = {}) => {
    const whole = { absolute: false, numbers: false, ...style };
    const files = splitFiles(source, index, split, { parts: request.parts, style: whole });
    return Object.fromEntries(files.map(({ name, pieces }) => [name, [...pieces()].join('')]));
  };
  return { ...split, index, lists };
};

/** Forty cats, ten dogs of five owners, two newts; a file without a class beside them. */
const pets: Tree = Object.fromEntries([
  ...Array.from({ length: 40 }, (_, i) => [`/data/cat/tom${i >> 2}_${i}.png`, `cat ${i}`]),
  ...Array.from({ length: 10 }, (_, i) => [`/data/dog/rex${i >> 1}_${i}.png`, `dog ${i}`]),
  ['/data/newt/n_1.png', 'a'],
  ['/data/newt/n_2.png', 'b'],
]) as Tree;

it('gives every class its share in every part, the same for the same seed', () => {
  const { summary, part } = propose(pets);
  // Of two newts one is in training, the other in one of the rest.
  expect(summary.samples['train']).toBe(41);
  expect(Object.values(summary.samples).sort()).toEqual([41, 5, 6]);
  expect(summary.classes).toMatchObject({
    cat: { train: 32, validation: 4, test: 4 },
    dog: { train: 8, validation: 1, test: 1 },
  });
  expect(summary.notInEach).toEqual(['newt']);
  expect(propose(pets).part).toEqual(part);
  expect(propose(pets, { ...usual, seed: 2 }).part).not.toEqual(part);
  expect(splitSchema.safeParse({ ...summary, files: [] }).error).toBeUndefined();
  const text = splitMarkdown({ ...summary, files: [] });
  expect(text).toContain('| **all samples** | 41 | ');
  expect(text).toContain('newt');
  expect(text).not.toContain('proposal/');
});

it('writes lists of paths that a scan beside the pictures reads as the same split', () => {
  const { summary, lists } = propose(pets);
  const written = lists({ numbers: true });
  expect(Object.keys(written)).toEqual(['train.txt', 'validation.txt', 'test.txt']);
  const beside = Object.entries(written).map(([name, text]) => [`/data/${name}`, text]);
  const source = memorySource({ ...pets, ...(Object.fromEntries(beside) as Tree) });
  const again = scanDatasetSync(source, '/data', { format: 'list-file' });
  const counts: Record<string, Record<string, number>> = {};
  for (let i = 0; i < again.samples; i++) {
    const name = again.classNames[again.labels[i] ?? 0] ?? '';
    const split = again.splitNames[again.split[i] ?? 0] ?? '';
    const own = (counts[name] ??= { train: 0, validation: 0, test: 0 });
    own[split] = (own[split] ?? 0) + 1;
  }
  expect(counts).toEqual(summary.classes);
  expect(again.issues.filter(({ code }) => code === 'dataset/listed-not-found')).toEqual([]);
  const plain = lists();
  expect(
    plain['test.txt']?.split('\n').filter((line) => /^cat\/tom\d+_\d+\.png$/.test(line)),
  ).toHaveLength(4);
  expect(lists({ absolute: true })['test.txt']).toContain('/data/cat/tom');
});

it('keeps files whose names begin alike in one part', () => {
  const { summary, rows, part, index } = propose(pets, {
    ...usual,
    group: { by: 'prefix', parts: 1 },
  });
  // Ten of cats, five of dogs, the newts together.
  expect(summary.groups).toBe(16);
  const partOf = new Map<string, number>();
  rows.forEach((row, i) => {
    const prefix = index.locator(row).path.replace(/_.*/, '');
    expect(partOf.get(prefix) ?? part[i]).toBe(part[i]);
    partOf.set(prefix, part[i] ?? 0);
  });
  // A folder is a class here: three groups for three parts.
  expect(propose(pets, { ...usual, group: { by: 'folder' } }).summary.groups).toBe(3);
  const two = Object.fromEntries(Object.entries(pets).filter(([path]) => !path.includes('newt')));
  expect(codeOf(() => propose(two, { ...usual, group: { by: 'folder' } }))).toBe(
    'propose/too-few-groups',
  );
});

const patients = (rows: readonly string[]): string => ['file,label,patient', ...rows].join('\n');

it('groups by a column, of tables of pictures and of rows', () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `p${i}.png,${i % 3 === 0 ? 'ill' : 'well'},${i >> 2}`,
  );
  const table = patients(rows);
  const pictures = Object.fromEntries(rows.map((_, i) => [`/data/p${i}.png`, 'x']));
  for (const tree of [{ '/data/labels.csv': table, ...pictures }, { '/data/labels.csv': table }]) {
    const request: SplitRequest = { ...usual, group: { by: 'column', name: 'patient' } };
    const { rows: numbers, part, summary } = propose(tree, request);
    expect(summary.groups).toBe(15);
    numbers.forEach((row, i) => expect(part[i]).toBe(part[numbers.indexOf(row & ~3)]));
    const missing: SplitRequest = { ...usual, group: { by: 'column', name: 'doctor' } };
    expect(codeOf(() => propose(tree, missing))).toBe('dataset/column-missing');
  }
});

it('writes the lines of a table, and leaves out what has no label', () => {
  const table = [
    'text,label',
    ...Array.from({ length: 20 }, (_, i) => `"t\n${i}",${i % 2 === 0 ? 'a' : 'b'}`),
    'x,',
  ];
  const { lists, summary, rows } = propose(
    { '/data/t.csv': table.join('\n') },
    usual,
    '/data/t.csv',
  );
  expect(rows).toHaveLength(20);
  expect(summary).toMatchObject({ unlabelled: 1, samples: { train: 16, validation: 2, test: 2 } });
  const lines = lists()['split.csv']?.trim().split('\n') ?? [];
  expect(lines).toHaveLength(21);
  expect(lines[0]).toBe('path,line,split');
  // Every record takes two lines of the file, the first begins on its second.
  expect(lines[1]).toMatch(/^t\.csv,2,(train|validation|test)$/);
  expect(lines[2]).toMatch(/^t\.csv,4,/);
});

it('parts one split of several', () => {
  const tree = Object.fromEntries(
    Object.entries(pets).flatMap(([path, text]) => [
      [path.replace('/data', '/data/train'), text],
      [path.replace('/data', '/data/test'), text],
    ]),
  );
  const parts = wantedParts('train=0.9,validation=0.1');
  const { summary, lists } = propose(tree, { parts, seed: 0, from: 'train' });
  expect(summary.samples['train']).toBe(46);
  expect(Object.values(lists()).join('')).not.toContain('test/');
  expect(codeOf(() => propose(tree, { parts, seed: 0, from: 'held' }))).toBe(
    'propose/no-such-split',
  );
});
