import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { splitFiles } from '../../../src/dataset/split/lists';
import { unlisted } from '../../../src/dataset/split/listedSink';
import { proposeSplit } from '../../../src/dataset/split/propose';
import { wantedParts } from '../../../src/dataset/split/wantedParts';
import type { DatasetIndex, FormatOptions } from '../../../src/dataset/types';
import { codeOf } from '../../support/codeOf';
import { memorySource } from './memorySource';

const fixtures = resolve(__dirname, '../../fixtures/datasets');
const folder = mkdtempSync(join(tmpdir(), 'longtail-lists-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Expected {
  readonly path?: string;
  readonly options?: FormatOptions;
  readonly samples: number;
  readonly unlabelled: number;
  readonly issues: readonly string[];
}

/** Fixtures with enough samples for three parts, each in a place of its own. */
const cases = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'make')
  .map(({ name }) => ({
    name,
    ...(JSON.parse(readFileSync(join(fixtures, name, 'expected.json'), 'utf8')) as Expected),
  }))
  .filter(({ samples, unlabelled }) => samples - unlabelled >= 3)
  .filter(({ issues }) => !issues.includes('dataset/no-pixels'));

/** How many samples of each place, with their labels, are in each split. */
const bySplit = (
  index: DatasetIndex,
  splitOf: (sample: number) => string,
): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (let sample = 0; sample < index.samples; sample++) {
    const labels = [...index.labels.slice(index.labelStart[sample], index.labelStart[sample + 1])];
    const key = JSON.stringify([index.locator(sample), labels, splitOf(sample)]);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};

const splitNameOf = (index: DatasetIndex, sample: number): string =>
  index.splitNames[index.split[sample] ?? -1] ?? '?';

describe('a proposed split, read back from its lists', () => {
  it.each(cases)('$name', ({ name, path = '', options }) => {
    const root = join(fixtures, name, 'data', path).replace(/\/$/, '');
    const index = scanDatasetSync(nodeFileSource, root, options);
    const parts = wantedParts('0.6,0.2,0.2');
    const split = proposeSplit(nodeFileSource, index, { parts, seed: 3 });
    const out = join(folder, name);
    mkdirSync(out);
    const numbers = index.task === 'single-label';
    const style = { absolute: numbers, numbers };
    for (const file of splitFiles(nodeFileSource, index, split, { parts, style }))
      writeFileSync(join(out, file.name), [...file.pieces()].join(''));
    const proposed = new Map(
      [...split.rows].map((row, i) => [row, parts[split.part[i] ?? 0]?.name ?? '?']),
    );
    const read = scanDatasetSync(nodeFileSource, root, { ...options, splitLists: out });
    expect(read.classNames).toEqual(index.classNames);
    expect(bySplit(read, (sample) => splitNameOf(read, sample))).toEqual(
      bySplit(index, (sample) => proposed.get(sample) ?? unlisted),
    );
    const codes = read.issues.map(({ code }) => code);
    expect(codes).not.toContain('dataset/split-lists-unmatched');
    expect(codes).not.toContain('dataset/split-lists-contrary');
  });
});

describe('samples that share a line', () => {
  const records = Array.from({ length: 30 }, (_, id) => ({
    id,
    data: { text: `text ${id}` },
    annotations: [
      {
        id,
        result: [
          {
            ...{ type: 'choices', from_name: 'mood', to_name: 'text' },
            value: { choices: [id % 3 === 0 ? 'rare' : 'often'] },
          },
        ],
      },
    ],
  }));
  it.each([
    ['a list of records in one line', 'export.json', JSON.stringify(records)],
    [
      'a table with old line ends',
      't.csv',
      records.map(({ id }) => `text ${id},${id % 3}`).join('\r'),
    ],
  ])('are told apart by their number: %s', (_, name, text) => {
    const data: Readonly<Record<string, string>> = { [`/data/${name}`]: text };
    const source = memorySource(data);
    const index = scanDatasetSync(source, '/data');
    expect(index.samples).toBeGreaterThanOrEqual(29);
    const parts = wantedParts('0.6,0.2,0.2');
    const split = proposeSplit(source, index, { parts, seed: 3 });
    const style = { absolute: false, numbers: false };
    const lists = splitFiles(source, index, split, { parts, style });
    const placed = lists.map(
      ({ name: own, pieces }) => [`/lists/${own}`, [...pieces()].join('')] as const,
    );
    const both = memorySource({ ...data, ...Object.fromEntries(placed) });
    const read = scanDatasetSync(both, '/data', { splitLists: '/lists' });
    const proposed = Array.from(split.part, (part) => parts[part]?.name);
    expect(Array.from(split.rows, (row) => splitNameOf(read, row))).toEqual(proposed);
    expect(new Set(proposed).size).toBe(3);
  });
});

describe('lists that others wrote', () => {
  const pictures = { 'a/1.jpg': '', 'a/2 3.jpg': '', 'b/1.jpg': '', 'b/2.jpg': '', 'b/3.jpg': '' };
  const data = Object.fromEntries(
    Object.entries(pictures).map(([name, text]) => [`/data/${name}`, text]),
  );
  const scan = (lists: Readonly<Record<string, string>>): DatasetIndex => {
    const placed = Object.entries(lists).map(([name, text]) => [`/lists/${name}`, text] as const);
    const source = memorySource({ ...data, ...Object.fromEntries(placed) });
    return scanDatasetSync(source, '/data', { splitLists: '/lists' });
  };
  const samplesOf = (index: DatasetIndex): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: index.samples }, (_, sample) => [
        index.locator(sample).path,
        splitNameOf(index, sample),
      ]),
    );

  it('may write ./ before paths, backslashes, numbers behind them and line ends of Windows', () => {
    const index = scan({
      'train.txt': './a/1.jpg\r\nb\\1.jpg\r\n',
      'val.txt': 'a/2 3.jpg 0\nb/2.jpg 1\n',
    });
    expect(samplesOf(index)).toEqual({
      ...{ 'a/1.jpg': 'train', 'a/2 3.jpg': 'validation', 'b/1.jpg': 'train' },
      ...{ 'b/2.jpg': 'validation', 'b/3.jpg': unlisted },
    });
    expect(index.issues.map(({ code, count }) => [code, count])).toContainEqual([
      'dataset/split-lists-unlisted',
      1,
    ]);
  });

  it('are told of where they name what is not there, or one sample twice over', () => {
    const { issues } = scan({
      'train.txt': 'a/1.jpg\nc/9.jpg\n',
      'test.txt': 'a/1.jpg\nb/1.jpg\n',
    });
    const counts = Object.fromEntries(issues.map(({ code, count }) => [code, count]));
    expect(counts['dataset/split-lists-unmatched']).toBe(1);
    expect(counts['dataset/split-lists-contrary']).toBe(1);
  });

  it('are not told of where they name a sample in the same list again', () => {
    const { issues } = scan({ 'train.txt': 'a/1.jpg\na/1.jpg\nb/1.jpg\n' });
    const codes = issues.map(({ code }) => code);
    expect(codes).not.toContain('dataset/split-lists-unmatched');
    expect(codes).not.toContain('dataset/split-lists-contrary');
  });

  it('are those of the last proposal where an earlier one left others, and no list of classes', () => {
    const index = scan({
      'split.csv': 'path,split\na/1.jpg,test\n',
      'split.json': '{ "files": ["train.txt", "../a.txt"] }',
      'train.txt': 'a/1.jpg\n',
      'old.txt': 'b/1.jpg\n',
    });
    expect(samplesOf(index)).toMatchObject({ 'a/1.jpg': 'train', 'b/1.jpg': unlisted });
    const { splitNames } = scan({ 'val.txt': 'a/1.jpg\n', 'classes.txt': 'a\nb\n' });
    expect([...splitNames].sort()).toEqual([unlisted, 'validation']);
  });

  it('are refused where there are none, or tables of something else', () => {
    expect(codeOf(() => scan({ 'notes.md': '' }))).toBe('dataset/split-lists-none');
    expect(codeOf(() => scan({ 'split.csv': 'name,part\na,b\n' }))).toBe(
      'dataset/split-lists-columns',
    );
    expect(codeOf(() => scan({}))).toBe('dataset/split-lists-unreadable');
  });
});
