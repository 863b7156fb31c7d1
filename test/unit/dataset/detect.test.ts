import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ambiguity, detectFormat } from '../../../src/dataset/detect';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { catalogue } from '../../../src/words/en';
import { memorySource, pictureTree } from './memorySource';
import type { Tree } from './memorySource';

const ranked = (tree: Tree, root = '/data'): string[] =>
  detectFormat(memorySource(tree), root).map(({ format }) => format);
const error = (code: string): Error => expect.objectContaining({ code }) as Error;

const folders = pictureTree('/data', { train: { a: 2, b: 1 }, test: { a: 1, b: 1 } });
const table = 'image,label\n1.png,x\n2.png,y\n3.png,x\n';
const idx = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 2, 1, 0]);

describe('detection', () => {
  it('knows each format by what lies in the folder', () => {
    expect(ranked(folders)).toEqual(['image-folder']);
    expect(ranked({ '/data/labels.csv': table })).toEqual(['csv']);
    expect(ranked({ '/data/train-labels-idx1-ubyte': idx })).toEqual(['mnist-idx']);
  });

  it('reads a single label file', () => {
    expect(
      ranked({ '/data/any name.tsv': table.replaceAll(',', '\t') }, '/data/any name.tsv'),
    ).toEqual(['csv']);
    expect(ranked({ '/data/t10k-labels-idx1-ubyte': idx }, '/data/t10k-labels-idx1-ubyte')).toEqual(
      ['mnist-idx'],
    );
  });

  it('ranks a table whose pictures are there above the folders they lie in', () => {
    const tree = { ...pictureTree('/data', { '': { pics: 3, more: 3 } }) };
    const rows = ['00000', '00001', '00002'].map((name, i) => `pics/${name}.png,${'xyx'[i] ?? ''}`);
    expect(ranked({ ...tree, '/data/labels.csv': `image,label\n${rows.join('\n')}\n` })).toEqual([
      'csv',
      'image-folder',
    ]);
  });

  it('ranks class folders above a table beside them that names none of their pictures', () => {
    const results = 'epoch,loss\n1,0.5\n2,0.25\n3,0.125\n';
    expect(ranked({ ...folders, '/data/results.csv': results })[0]).toBe('image-folder');
  });

  it('knows COCO by its end where its beginning does not tell', () => {
    const more = Array.from({ length: 3000 }, (_, id) => ({ id, path: `${String(id)}.png` }));
    const annotations = [{ id: 1, image_id: 1, category_id: 1 }];
    const known = (value: unknown, bytes = (text: string): string | Uint8Array => text): string[] =>
      ranked({ '/data/x.json': bytes(JSON.stringify(value)) });
    expect(known({ images: more, annotations })).toEqual(['coco']);
    expect(known({ licences: more, images: [], annotations })).toEqual(['coco']);
    expect(known({ annotations, licences: more })).toEqual(['coco']);
    expect(known({ licences: more, images: [], annotations }, (text) => gzipSync(text))).toEqual([
      'coco',
    ]);
    // Tables of those names without their fields, and fields without the tables, are others'.
    expect(() => known({ images: more, annotations: [{ id: 1 }] })).toThrow(
      error('dataset/not-recognised'),
    );
    expect(() => known({ licences: more, rows: annotations })).toThrow(
      error('dataset/not-recognised'),
    );
  });

  it('tells label files apart by their rows, also side by side', () => {
    const [picture, box] = [{ '/data/images/P1.png': 'x' }, '10 10 20 10 20 20 10 20'];
    const dota = { '/data/labelTxt/P1.txt': `${box} ship 0\n` };
    const kitti = `Car 0 0 0 1 1 9 9 1 1 1 1 1 1 0\n`;
    const yolo = { '/data/labels/P1.txt': '0 .1 .1 .2 .2\n' };
    expect(ranked({ ...picture, ...dota })[0]).toBe('dota');
    expect(ranked({ ...picture, ...dota, ...yolo })[0]).toBe('dota');
    expect(ranked({ ...picture, ...yolo })[0]).toBe('yolo');
    expect(ranked({ ...picture, '/data/labels/P1.txt': kitti })[0]).toBe('kitti');
    expect(ranked({ '/data/P1.png': 'x', '/data/P1.txt': kitti })[0]).toBe('kitti');
    expect(() => ranked({ '/data/P1.png': 'x', '/data/P2.txt': kitti })).toThrow(
      error('dataset/not-recognised'),
    );
  });

  it('takes lists of bare paths only where their folders can be classes', () => {
    const list = (...lines: string[]): Tree => ({ '/data/train.txt': lines.join('\n') });
    expect(ranked(list('a/1.jpg', 'b/2.jpg'))).toEqual(['list-file']);
    for (const lines of [
      ['a/1.jpg', 'a/2.jpg'],
      ['train/1.jpg', 'val/2.jpg'],
      ['1.jpg', '2.jpg'],
      ['a/1.jpg masks/1.png', 'b/2.jpg masks/2.png'],
    ])
      expect(() => ranked(list(...lines))).toThrow(error('dataset/not-recognised'));
  });

  it('gives its reasons, each with a sentence', () => {
    const [first] = detectFormat(memorySource(folders), '/data');
    expect(first?.confidence).toBeGreaterThan(0);
    expect(first?.confidence).toBeLessThan(0.7);
    expect(first?.evidence.map(({ code }) => code)).toEqual(['dataset/evidence-split-class']);
    for (const { code } of first?.evidence ?? []) expect(catalogue).toHaveProperty([code]);
  });

  it('asks where two are close', () => {
    const candidate = (format: string, confidence: number) => ({
      format,
      confidence,
      evidence: [],
    });
    expect(ambiguity([candidate('a', 0.6), candidate('b', 0.45)])).toEqual([]);
    expect(ambiguity([candidate('a', 0.6), candidate('b', 0.55)])).toMatchObject([
      { code: 'dataset/format-close', params: { format: 'a', other: 'b' } },
    ]);
  });

  it.each([
    ['an empty file', { '/data/a.csv': '' }],
    ['files of no known kind', { '/data/notes.md': 'x' }],
    ['class folders without a picture', { '/data/a/x.txt': '', '/data/b/y.txt': '' }],
  ])('does not recognise %s', (_, tree) => {
    expect(() => ranked(tree)).toThrow(error('dataset/not-recognised'));
  });

  it('scans a named format even where there is nothing of it', () => {
    const index = scanDatasetSync(memorySource({ '/data/a/x.txt': '' }), '/data', {
      format: 'image-folder',
    });
    expect(index.samples).toBe(0);
    expect(index.issues.map(({ code }) => code)).toContain('dataset/no-samples');
  });
});
