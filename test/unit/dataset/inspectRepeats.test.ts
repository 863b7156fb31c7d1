import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { CancelledError } from '../../../src/common/errors';
import { openContents } from '../../../src/dataset/inspect/contents';
import { placesOf } from '../../../src/dataset/inspect/places';
import { describeRepeats, findRepeatedFiles } from '../../../src/dataset/inspect/repeats';
import type { Repeats, StepTick } from '../../../src/dataset/inspect/types';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../../src/dataset/scan';
import type { FileSource } from '../../../src/dataset/types';
import { memorySource } from './memorySource';

const repeatsOf = (source: FileSource, root: string, tick: StepTick = () => undefined): Repeats => {
  const index = scanDatasetSync(source, root);
  const contents = openContents(source, index);
  try {
    return describeRepeats(findRepeatedFiles(index.samples, contents, tick), index, source);
  } finally {
    contents.close();
  }
};

/** Three times "same": twice in training under two labels, once in test. "size" has its length only. */
const tree = {
  '/data/train/cat/1.png': 'same',
  '/data/train/dog/2.png': 'same',
  '/data/train/dog/3.png': 'other one',
  '/data/train/dog/4.png': '',
  '/data/train/dog/5.png': '',
  '/data/test/cat/6.png': 'same',
  '/data/test/cat/7.png': 'size',
  '/data/test/dog/8.png': 'twin',
  '/data/test/dog/9.png': 'twin',
};

it('finds files of one content over splits and under two labels', () => {
  const found = repeatsOf(memorySource(tree), '/data');
  expect(found).toMatchObject({
    // Of nine files the two empty ones are not compared.
    ...{ compared: 7, unread: 2, groupCount: 2, repeated: 5 },
    // train–test twice (1–6, 2–6); cat–dog twice (1–2, 2–6).
    ...{ pairsOverSplits: 2, pairsOverLabels: 2 },
    overlaps: [{ from: 'train', to: 'test', samples: 1, of: 4 }],
  });
  expect(
    found.groups.map(({ count, overSplits, overLabels }) => [count, overSplits, overLabels]),
  ).toEqual([
    [3, true, true],
    [2, false, false],
  ]);
  expect(found.groups[0]?.places).toEqual([
    { path: 'test/cat/6.png', split: 'test', labels: ['cat'] },
    { path: 'train/cat/1.png', split: 'train', labels: ['cat'] },
    { path: 'train/dog/2.png', split: 'train', labels: ['dog'] },
  ]);
});

it('reads only files whose size another one has', () => {
  const source = memorySource(tree);
  const index = scanDatasetSync(source, '/data');
  const opened: string[] = [];
  const watched: FileSource = {
    ...source,
    open: (path) => {
      opened.push(path);
      return source.open(path);
    },
  };
  const contents = openContents(watched, index);
  findRepeatedFiles(index.samples, contents, () => undefined);
  expect(opened.filter((path) => path.endsWith('3.png'))).toEqual([]);
  expect(opened.length).toBe(6);
});

it('counts files that went since the scan as unread', () => {
  const index = scanDatasetSync(memorySource(tree), '/data');
  const contents = openContents(memorySource({ '/data/train/cat/1.png': 'same' }), index);
  const found = findRepeatedFiles(index.samples, contents, () => undefined);
  expect(found).toEqual({ groups: [], unread: 8 });
});

it.each([
  ['cifar-10-binary', 'bytes'],
  ['webdataset-cls', 'member'],
  ['mnist-idx-gz', 'bytes'],
  ['parquet-hf', 'row'],
])('compares samples inside the files of %s', (fixture, detail) => {
  const root = resolve(__dirname, '../../fixtures/datasets', fixture, 'data');
  const index = scanDatasetSync(nodeFileSource, root);
  const contents = openContents(nodeFileSource, index);
  expect(findRepeatedFiles(index.samples, contents, () => undefined).unread).toBe(0);
  contents.close();
  const places = placesOf(nodeFileSource, index, [0, index.samples - 1]);
  expect(places.length).toBe(2);
  for (const place of places) expect(place).toHaveProperty(detail);
});

it('refuses rows of a table, and can be cancelled', () => {
  const table = memorySource({ '/d/t.csv': 'a,label\n1,x\n2,y\n3,x\n4,y\n' });
  expect(() => repeatsOf(table, '/d/t.csv')).toThrow(
    expect.objectContaining({ code: 'inspect/no-files' }),
  );
  expect(() =>
    repeatsOf(memorySource(tree), '/data', () => {
      throw new CancelledError();
    }),
  ).toThrow(CancelledError);
});
