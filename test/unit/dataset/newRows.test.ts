import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LongtailError } from '../../../src/common/errors';
import { npzParts } from '../../../src/dataset/arrays/npz';
import { openNewRows } from '../../../src/dataset/newRows';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { openSamples } from '../../../src/dataset/samples';
import { scanDatasetSync } from '../../../src/dataset/scan';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtail-rows-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** Cells of the wanted columns, a list a row; null for a row that is not whole. */
const read = (path: string, wanted: readonly string[], isText = false) => {
  const rows = openNewRows(nodeFileSource, path, { wanted, isText });
  const found = Array.from(rows.each(), ({ number, cell, isWhole }) => ({
    number,
    cells: isWhole ? wanted.map((_, i) => cell(i)) : null,
  }));
  rows.close();
  expect(rows.count).toBe(found.length);
  expect(found.map(({ number }) => number)).toEqual(found.map((_, i) => i + 1));
  return found.map(({ cells }) => cells);
};

const failure = (path: string, wanted: readonly string[]): unknown => {
  try {
    read(path, wanted);
    return null;
  } catch (error) {
    if (error instanceof LongtailError) return { code: error.code, ...error.params };
    throw error;
  }
};

const fixture = (name: string): string => resolve('test/fixtures/datasets', name);

describe('rows of a file without labels', () => {
  // The formats that training takes rows from: what they read is what is read here.
  it.each([
    'parquet-rows/data/rows.parquet',
    'parquet-lz4/data/train.parquet',
    'arrow-lz4/data/train.arrow',
    'jsonl-text/data/train.jsonl',
    'jsonl-text/data/test.jsonl.gz',
    'fasttext/data/food.train',
    'csv-quoted/data/data.csv',
  ])('are read as training reads those of %s', (name) => {
    const index = scanDatasetSync(nodeFileSource, fixture(name));
    const samples = openSamples(nodeFileSource, index);
    const { rows } = samples;
    if (rows === undefined) throw new Error('no rows');
    const own: (readonly string[] | null)[] = [];
    rows.read((_, cell, isWhole) => {
      own.push(isWhole ? rows.columns.map((_, i) => cell(i)) : null);
      return true;
    });
    samples.close();
    expect(own.length).toBeGreaterThan(0);
    expect(rows.columns.length).toBeGreaterThan(0);
    expect(read(fixture(name), rows.columns, name.startsWith('fasttext'))).toEqual(own);
  });

  it('are found by the names of their columns, in any order, whatever parts the fields', () => {
    const wanted = ['size', 'place name'];
    const rows = [
      ['1', 'here'],
      ['2,5', ''],
    ];
    expect(read(write('a.csv', 'id,place name,size\nx,here,1\ny,,"2,5"\n'), wanted)).toEqual(rows);
    expect(read(write('a.tsv', 'size\tplace name\n1\there\n2,5\t\n'), wanted)).toEqual(rows);
    expect(read(write('b.csv', '\uFEFFplace name;size\r\nhere;1\r\n;2,5'), wanted)).toEqual(rows);
    expect(read(write('a.txt.gz', gzipSync('place name|size\nhere|1\n|2,5\n')), wanted)).toEqual(
      rows,
    );
    const records = [{ size: 1, 'place name': 'here', more: [1] }, { size: '2,5' }];
    expect(read(write('a.json', JSON.stringify(records)), wanted)).toEqual(rows);
    expect(
      read(write('a.ndjson', records.map((one) => JSON.stringify(one)).join('\n\n')), wanted),
    ).toEqual(rows);
  });

  it('are read from a column alone, whose texts have blanks and commas', () => {
    const path = write('alone.csv', 'body\nthe quick brown fox\n"one, two"\n');
    expect(read(path, ['body'], true)).toEqual([['the quick brown fox'], ['one, two']]);
  });

  it('are taken by place where training had no head', () => {
    const path = write('headless.csv', '1.5,x,2\n3,y,4\n');
    expect(read(path, ['column 1', 'column 3'])).toEqual([
      ['1.5', '2'],
      ['3', '4'],
    ]);
    expect(failure(path, ['column 4'])).toMatchObject({ code: 'dataset/row-columns', path });
  });

  it('are a text a line for one who wants texts, labels of fastText left out', () => {
    const path = write('new.txt', 'first text\n\n__label__a second  text \n');
    expect(read(path, ['anything'], true)).toEqual([['first text'], ['second text']]);
  });

  it('are those of an array, f0 and on; also of the one with rows in an archive', () => {
    const path = fixture('numpy-files/data/X_train.npy');
    const rows = read(path, ['f1', 'f0']);
    expect(rows).toHaveLength(3);
    expect(rows.flat().every((cell) => Number.isFinite(Number(cell)))).toBe(true);
    expect(read(path, ['f0', 'f1'])).toEqual(rows.map((cells) => [...(cells ?? [])].reverse()));
    const array = { shape: [2, 2], values: Float32Array.of(1, 2.5, 3, 4) };
    const parts = npzParts({ y: { shape: [2], values: Int32Array.of(0, 1) }, x: array });
    expect(read(write('x.npz', Buffer.concat(parts ?? [])), ['f1'])).toEqual([['2.5'], ['4']]);
    const two = npzParts({ x: array, other: array });
    expect(failure(write('two.npz', Buffer.concat(two ?? [])), ['f0'])).toMatchObject({
      code: 'dataset/row-columns',
    });
  });

  it('that lost fields, gained some or are no record are not whole', () => {
    expect(read(write('holes.csv', 'a,b,c\n1,2,3\n1\n1,2\n1,2,3,4\n'), ['a', 'b'])).toEqual([
      ['1', '2'],
      null,
      ['1', '2'],
      null,
    ]);
    expect(read(write('holes.jsonl', '{"a":1}\n[1]\n{"a":\n{"b":2,"a":null}\n'), ['a'])).toEqual([
      ['1'],
      null,
      null,
      [''],
    ]);
  });

  it('name what is missing, and the file', () => {
    const path = write('other.csv', 'size,colour\n1,red\n');
    expect(failure(path, ['size', 'place', 'weight'])).toEqual({
      ...{ code: 'dataset/row-columns', path, count: 2 },
      ...{ missing: ['place', 'weight'], columns: ['size', 'colour'] },
    });
    expect(failure(write('photo.png', ''), ['a'])).toMatchObject({ code: 'dataset/no-rows' });
    expect(failure(folder, ['a'])).toMatchObject({ code: 'dataset/no-rows', path: folder });
    expect(failure(write('cut.parquet', readFileSync(path)), ['a'])).toMatchObject({
      code: 'dataset/rows-unreadable',
      reason: 'no Parquet footer',
    });
  });
});
