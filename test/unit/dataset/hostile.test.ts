import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LongtailError } from '../../../src/common/errors';
import { formats } from '../../../src/dataset/formats';
import { scanDatasetSync } from '../../../src/dataset/scan';
import type { DatasetIndex, FormatOptions } from '../../../src/dataset/types';
import { memorySource } from './memorySource';
import type { Tree } from './memorySource';

fc.configureGlobal({ seed: 20261123 });

const scan = (tree: Tree, options: FormatOptions = {}): DatasetIndex =>
  scanDatasetSync(memorySource(tree), '/data', options);
const codes = (index: DatasetIndex): string[] => index.issues.map(({ code }) => code);

/** Scans and, where something was recognised, holds the index to its own shape. */
const scanAnything = (tree: Tree, options: FormatOptions): void => {
  try {
    const index = scan(tree, options);
    expect(index.labelStart).toHaveLength(index.samples + 1);
    for (const id of index.labels) expect(index.classNames[id]).toBeDefined();
  } catch (error) {
    // Only what the user can put right: no such dataset, no label column.
    expect(error).toBeInstanceOf(LongtailError);
  }
};

describe.each(formats.map(({ id }) => id))('%s on anything', (format) => {
  const names = [
    'labels.csv',
    'train.tsv',
    'train-labels-idx1-ubyte',
    'train-images-idx3-ubyte',
    't10k-labels-idx1-ubyte.gz',
    'emnist-x-mapping.txt',
    'train/a/1.png',
    'a/b/c/d/1.jpg',
  ];
  const idxHead = fc
    .tuple(fc.constantFrom(1, 3), fc.uint8Array({ maxLength: 40 }))
    .map(([dims, rest]) => Uint8Array.from([0, 0, 8, dims, ...rest]));
  const gzipped = idxHead.map((bytes) => new Uint8Array(gzipSync(bytes)));
  const cut = fc.tuple(gzipped, fc.nat(40)).map(([bytes, at]) => bytes.slice(0, at));
  const text = fc
    .string({ unit: fc.constantFrom('a', 'label', ',', '\t', '"', '\n', '\0', '1', 'é', '|', '[') })
    .map((value) => new TextEncoder().encode(value));
  const content = fc.oneof(fc.uint8Array({ maxLength: 200 }), text, idxHead, gzipped, cut);
  const trees = fc
    .array(fc.tuple(fc.constantFrom(...names), content), { minLength: 1, maxLength: 5 })
    .map((files) => Object.fromEntries(files.map(([name, bytes]) => [`/data/${name}`, bytes])));

  it('ends with an index or an error that names the remedy', () => {
    fc.assert(
      fc.property(trees, (tree) => scanAnything(tree, { format })),
      { numRuns: 300 },
    );
  });

  it('is chosen or passed over without failing', () => {
    fc.assert(
      fc.property(trees, (tree) => scanAnything(tree, {})),
      { numRuns: 100 },
    );
  });
});

describe('IDX', () => {
  const head = (dims: readonly number[]): number[] => [
    ...[0, 0, 8, dims.length],
    ...dims.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]),
  ];
  const labels = Uint8Array.from([...head([3]), 0, 1, 0]);
  const scanPair = (images: Uint8Array, name = 'train-images-idx3-ubyte'): DatasetIndex =>
    scan({ '/data/train-labels-idx1-ubyte': labels, [`/data/${name}`]: images });

  it('counts labels whose picture file is none, and says so', () => {
    const index = scanPair(Uint8Array.from([1, 2, 3]));
    expect(index.samples).toBe(3);
    expect(index.modality).toBe('none');
    expect(codes(index)).toContain('dataset/idx-not-images');
  });

  it.each([
    ['no pixel', [3, 0, 28]],
    ['more pixels than any picture', [3, 0xffffffff, 0xffffffff]],
  ])('refuses pictures of %s', (_, dims) => {
    expect(codes(scanPair(Uint8Array.from(head(dims))))).toContain('dataset/idx-not-images');
  });

  it('counts pairs only where a gzip file was cut', () => {
    // Noise does not compress: half the file holds about half of the 2 × 2 pictures.
    const noise = Array.from({ length: 12 }, (_, i) => (i * 97 + 31) % 251);
    const whole = new Uint8Array(gzipSync(Uint8Array.from([...head([3, 2, 2]), ...noise])));
    const index = scanPair(whole.slice(0, whole.length - 12), 'train-images-idx3-ubyte.gz');
    expect(index.samples).toBeLessThan(3);
    expect(codes(index)).toEqual(
      expect.arrayContaining(['dataset/idx-damaged', 'dataset/idx-counts-differ']),
    );
  });

  it('reports a damaged gzip file', () => {
    const whole = new Uint8Array(gzipSync(labels));
    whole.fill(0xff, 14, 18);
    const index = scan({ '/data/train-labels-idx1-ubyte.gz': whole }, { format: 'mnist-idx' });
    expect(index.samples).toBe(0);
    expect(codes(index)).toEqual(['dataset/idx-not-labels', 'dataset/no-samples']);
  });

  it('counts all labels of one file and names the other sets of the folder', () => {
    const index = scan({
      '/data/a-train-labels-idx1-ubyte': labels,
      '/data/b-train-labels-idx1-ubyte': labels,
    });
    expect(index.samples).toBe(3);
    expect(index.issues).toContainEqual(
      expect.objectContaining({
        code: 'dataset/several-sets',
        params: { chosen: 'a', names: ['b'], count: 1 },
      }),
    );
  });
});

describe('tables', () => {
  it('takes a label of a thousand characters for a missing one', () => {
    const long = 'x'.repeat(1001);
    const index = scan({ '/data/y.csv': `label,v\na,1\nb,2\n${long},3\na,4\n` });
    expect(index.classNames).toEqual(['a', 'b']);
    expect(codes(index)).toContain('dataset/csv-long-labels');
  });

  it('reads a row of a million fields', () => {
    const index = scan({ '/data/y.csv': `label,v\na,1\nb${',9'.repeat(1_000_000)}\na,2\n` });
    expect(index.samples).toBe(3);
    expect(index.classNames).toEqual(['a', 'b']);
  });

  it('names what the user named and the table lacks', () => {
    const tree = { '/data/y.csv': 'label,v\na,1\nb,2\n' };
    expect(() => scan(tree, { format: 'csv', labelColumn: 'species' })).toThrow(
      expect.objectContaining({
        code: 'dataset/column-missing',
        params: { path: 'y.csv', column: 'species', columns: ['label', 'v'] },
      }) as Error,
    );
  });
});
