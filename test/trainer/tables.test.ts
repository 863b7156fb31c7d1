import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import { configSchema } from '../../src/config/schema';
import { formatOf } from '../../src/dataset/detect';
import { openIndex } from '../../src/dataset/indexFile';
import { indexPathFor } from '../../src/dataset/indexCache';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { openDataset } from '../../src/trainer/data/openDataset';
import { loadTable, type TableSource } from '../../src/trainer/data/table';
import { loadText } from '../../src/trainer/data/text';
import { countFeatures, fnv1a, wordsOf } from '../../src/trainer/data/textFeatures';

let folder = '';
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtail-tables-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A table on disk, opened as training opens it; the rows named are those of each part. */
const open = (
  text: string,
  parts: { train: number[]; validation?: number[]; test: number[] },
): TableSource & { close(): void } => {
  const path = join(folder, `table-${files++}.csv`);
  writeFileSync(path, text);
  const index = openDataset(path, {}, join(folder, 'cache'));
  const reader = formatOf(index.format).openSamples(nodeFileSource, index.root, index.options);
  if (reader.rows === undefined) throw new Error('not read as a table');
  const split = {
    train: Uint32Array.from(parts.train),
    validation: Uint32Array.from(parts.validation ?? []),
    test: Uint32Array.from(parts.test),
    scoredSplit: 'heldOut' as const,
  };
  return { index, rows: reader.rows, split, tick: () => undefined, close: () => reader.close() };
};

const range = (n: number): number[] => [...Array(n).keys()];

describe('the index of a dataset to train on', () => {
  it('is left in the cache where a scan looks for it, and made anew when the table changed', () => {
    const path = join(folder, 'cached.csv');
    const cache = join(folder, 'own-cache');
    writeFileSync(path, 'x,label\n1,a\n2,b\n3,a\n4,b\n');
    const first = openDataset(path, {}, cache);
    const kept = openIndex(indexPathFor(cache, path, {}));
    expect(kept.fingerprint).toBe(first.fingerprint);
    writeFileSync(path, 'x,label\n1,a\n2,b\n3,a\n4,b\n5,a\n');
    expect(openDataset(path, {}, cache).samples).toBe(5);
  });

  it('is made in memory where the cache cannot be written', () => {
    const path = join(folder, 'uncached.csv');
    const blocked = join(folder, 'blocked');
    writeFileSync(path, 'x,label\n1,a\n2,b\n');
    writeFileSync(blocked, 'a file where a folder would be');
    expect(openDataset(path, {}, blocked).samples).toBe(2);
  });
});

describe('columns of a table', () => {
  it('come to the same whether cells are read as bytes or as texts', () => {
    const random = createRandom(8);
    const cells = [
      () => random.nextNormal().toFixed(3),
      () => [' 1.5', '-2 ', '+.5', '1e3', '0x1F', 'NA', '', '?', 'Infinity'][random.nextInt(9)],
      () => ['red', ' red', '"red"', '"a ""red"" one"', 'blauü', 'NaN', ''][random.nextInt(7)],
      () => (random.nextInt(30) === 0 ? 'many' : String(random.nextInt(500) / 8)),
      () => `2024-05-${String(1 + random.nextInt(28))}`,
      () => `id ${random.nextInt(1e6)}`,
      () => String(random.nextInt(3)),
      () => `${random.nextInt(1e9)}${random.nextInt(1e9)}.5`,
    ];
    const lines = range(400).map((i) =>
      [...cells.map((cell) => cell() ?? ''), i % 9 === 0 ? 'x' : 'y'].join(','),
    );
    const text = `a,b,c,d,e,f,g,h,label\n${lines.join('\n')}\n`;
    const parts = { train: range(300), test: range(400).slice(300) };
    const source = open(text, parts);
    const texts: TableSource = {
      ...source,
      rows: {
        ...source.rows,
        read: (each) => {
          source.rows.read((row, cell, isWhole) => each(row, cell, isWhole));
        },
      },
    };
    const [ofBytes, ofTexts] = [loadTable(source), loadTable(texts)];
    source.close();
    expect(ofBytes.issues).toEqual(ofTexts.issues);
    expect(ofBytes.input.description).toEqual(ofTexts.input.description);
    const all = Uint32Array.from(range(400));
    const numbers = ofBytes.input.batch(all, null);
    expect(numbers).toEqual(ofTexts.input.batch(all, null));
    expect(new Set(numbers).size).toBeGreaterThan(500);
    expect(ofBytes.issues.map(({ params }) => params['name'])).toEqual(['e', 'f']);
  });

  it('are standardised numbers with a flag, or one-hot kinds; by the training rows alone', () => {
    const source = open(
      'size,colour,label\n1,red,a\n3,blue,b\n,red,a\n100,green,b\nNA,red,a\n5,blue,b\n',
      { train: [0, 1, 2, 5], test: [3, 4] },
    );
    const { input, issues } = loadTable(source);
    source.close();
    expect(issues).toEqual([]);
    // size: known 1, 3, 5: mean 3, variance 8/3; colour: blue, red. Green was never trained on.
    const deviation = Math.sqrt(8 / 3);
    const z = (v: number) => Math.fround((v - 3) / deviation);
    expect(input.shape).toEqual([4]);
    expect([...input.batch(Uint32Array.of(0, 2, 3, 4), null)]).toEqual(
      [
        [z(1), 0, 0, 1],
        [0, 1, 0, 1],
        [z(100), 0, 0, 0],
        [0, 1, 0, 1],
      ].flat(),
    );
    expect(input.description).toMatchObject({
      columns: [
        { name: 'size', kind: 'number', mean: 3 },
        { name: 'colour', kind: 'category', categories: ['blue', 'red'] },
      ],
    });
  });

  it('leaves out dates, texts of many kinds and empty columns, each with its reason', () => {
    const rows = range(80).map(
      (i) => `${i},2024-01-${String(1 + (i % 28)).padStart(2, '0')} 10:30,note ${i},,${i % 2}`,
    );
    const source = open(`x,when,note,void,label\n${rows.join('\n')}\n`, {
      train: range(70),
      test: [70, 71],
    });
    const { input, issues } = loadTable(source);
    source.close();
    expect(input.shape).toEqual([2]);
    expect(issues.map(({ code, params }) => [code, params['name']])).toEqual([
      ['train/column-date', 'when'],
      ['train/column-left-out', 'note'],
      ['train/column-left-out', 'void'],
    ]);
  });

  it('reads the decimal comma where commas do not part the fields', () => {
    const source = open('x;label\n1,5;a\n2,5;b\n3,5;a\n4,5;b\n', { train: [0, 1], test: [2, 3] });
    const { input } = loadTable(source);
    source.close();
    expect([...input.batch(Uint32Array.of(0, 1, 2), null)]).toEqual([-1, 0, 1, 0, 3, 0]);
  });

  it('leaves out rows that lost or gained fields, and says how many', () => {
    const source = open('x,y,label\n1,2,a\n3,4,b\n5,a\n6,7,8,b\n9,1,a\n2,2,b\n', {
      train: [0, 1, 2, 3],
      validation: [4],
      test: [5],
    });
    const { split, issues } = loadTable(source);
    source.close();
    expect([...split.train]).toEqual([0, 1]);
    expect(issues).toMatchObject([{ code: 'train/damaged-rows', params: { count: 2 } }]);
  });

  it('refuses a split without a row that can be read', () => {
    const source = open('x,y,label\n1,2,a\n3,4,b\n5,a\n7,7,b\n', { train: [0, 1], test: [2] });
    expect(() => loadTable(source)).toThrow('train/no-readable-row');
    source.close();
  });
});

describe('texts', () => {
  it('become words of any script', () => {
    expect(wordsOf('Don’t PANIC, 42 ÄPFEL!')).toEqual(['don', 't', 'panic', '42', 'äpfel']);
    expect(wordsOf('猫 cat猫')).toEqual(['猫', 'cat', '猫']);
    expect(wordsOf('…')).toEqual([]);
  });

  it('are hashed as FNV-1a says', () => {
    // Test vectors of the reference code: "", "a", "foobar".
    expect([fnv1a(''), fnv1a('a'), fnv1a('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
    const counts = countFeatures('a b a', { ngrams: 2, features: 2 ** 32 });
    expect(counts).toEqual(
      new Map([
        [fnv1a('a'), 2],
        [fnv1a('a b'), 1],
        [fnv1a('b'), 1],
        [fnv1a('b a'), 1],
      ]),
    );
  });

  const sentence = (words: string) => `${words} and so the story goes on and on for a while`;
  const table = [
    'title,text,label',
    `t0,${sentence('cats purr')},cat`,
    `t1,${sentence('dogs bark bark')},dog`,
    `t2,${sentence('cats sleep')},cat`,
    `t3,${sentence('dogs run')},dog`,
  ].join('\n');
  const { input: config } = configSchema.parse({
    version: 1,
    dataset: { root: '.' },
    input: { kind: 'text', text: { ngrams: 1, features: 4096 } },
    model: { kind: 'linear' },
    stages: [{ name: 's', epochs: 1 }],
  });

  it('are weighed by term and inverse document frequency of the training rows, length 1', () => {
    const source = open(table, { train: [0, 1, 2], test: [3] });
    const { input, issues } = loadText(source, config);
    source.close();
    expect(issues).toMatchObject([
      { code: 'train/column-beside-text', params: { name: 'title', column: 'text' } },
    ]);
    const dense = input.batch(Uint32Array.of(1, 3), null);
    const of = (row: number, word: string) => dense[row * 4096 + (fnv1a(word) % 4096)] ?? NaN;
    for (const row of [0, 1]) {
      const own = dense.subarray(row * 4096, (row + 1) * 4096);
      expect(own.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(1, 5);
    }
    // Row 1 has “bark” twice, in one of three training rows, and “so” once, in all of them.
    const expected = ((1 + Math.log(2)) * (Math.log(4 / 2) + 1)) / (Math.log(4 / 4) + 1);
    expect(of(0, 'bark') / of(0, 'so')).toBeCloseTo(expected, 5);
    // “run” was in no training row.
    expect(of(1, 'run') / of(1, 'so')).toBeCloseTo(Math.log(4) + 1, 5);
  });

  it('are read from the column that is named, and no other', () => {
    const source = open(table, { train: [0, 1, 2], test: [3] });
    const named = (column: string) => ({ ...config, text: { ngrams: 1, features: 512, column } });
    expect(loadText(source, named('title')).input.description).toMatchObject({ column: 'title' });
    expect(() => loadText(source, named('body'))).toThrow('train/text-column');
    source.close();
  });
});
