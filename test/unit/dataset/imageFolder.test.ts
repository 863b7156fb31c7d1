import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../../src/dataset/scan';
import type { DatasetIndex } from '../../../src/dataset/types';
import { memorySource, pictureTree } from './memorySource';
import type { Tree } from './memorySource';

const scan = (tree: Tree): DatasetIndex => scanDatasetSync(memorySource(tree), '/data');
const codes = (index: DatasetIndex): string[] => index.issues.map(({ code }) => code);
const splitsOf = (index: DatasetIndex): string[] =>
  Array.from({ length: index.samples }, (_, i) => index.splitNames[index.split[i] ?? -1] ?? '?');

describe('layouts', () => {
  it('takes folders named like splits for classes where they hold pictures beside others', () => {
    const index = scan(pictureTree('/data', { '': { test: 2, cat: 3, train: 1 } }));
    expect(index.classNames).toEqual(['cat', 'test', 'train']);
    expect(index.splitNames).toEqual(['all']);
  });

  it('keeps other folders beside the splits as splits of their own', () => {
    const index = scan(
      pictureTree('/data', { train: { cat: 2, dog: 1 }, 'hard cases': { cat: 1 } }),
    );
    expect([...index.splitNames].sort()).toEqual(['hard cases', 'train']);
  });

  it('reads pictures directly in a split folder as unlabelled', () => {
    const tree = pictureTree('/data', { train: { cat: 2, dog: 1 }, '': { test: 3 } });
    const index = scan(tree);
    expect(index.classNames).toEqual(['cat', 'dog']);
    expect(splitsOf(index).filter((name) => name === 'test')).toHaveLength(3);
    expect(codes(index)).toContain('dataset/unlabelled');
  });

  it('names a folder beside the splits that it leaves out', () => {
    const tree = { ...pictureTree('/data', { train: { a: 1, b: 1 } }), '/data/docs/x.png': '' };
    expect(scan(tree).issues).toContainEqual(
      expect.objectContaining({ code: 'dataset/folder-ignored', path: 'docs', count: 1 }),
    );
  });

  it('does not depend on the order in which a disk lists', () => {
    const tree = pictureTree('/data', { train: { b: 2, a: 3 }, test: { a: 1, b: 1 } });
    const turned = Object.fromEntries(Object.entries(tree).reverse());
    const [one, other] = [scan(tree), scan(turned)];
    expect(one.fingerprint).toBe(other.fingerprint);
    expect([...one.labels]).toEqual([...other.labels]);
    expect(one.locator(0)).toEqual(other.locator(0));
  });

  it('names classes that differ only by case or Unicode form', () => {
    const names = { Cat: 1, cat: 1, 'caf\u00e9': 1, 'cafe\u0301': 1, dog: 1 };
    expect(scan(pictureTree('/data', { '': names })).issues).toContainEqual(
      expect.objectContaining({ code: 'dataset/class-twins', count: 2 }),
    );
  });

  it('says when there is one class only', () => {
    expect(codes(scan(pictureTree('/data', { train: { cat: 3 } })))).toContain('dataset/one-class');
  });
});

describe('fingerprint', () => {
  const base = pictureTree('/data', { train: { a: 3, b: 2 }, test: { a: 1 } });
  const first = scan(base).fingerprint;

  it.each([
    ['a file more', { ...base, '/data/train/a/new.png': '' }],
    ['a class more', pictureTree('/data', { train: { a: 3, b: 2, c: 1 }, test: { a: 1 } })],
    ['a class renamed', pictureTree('/data', { train: { a: 3, c: 2 }, test: { a: 1 } })],
    ['a sample in another split', pictureTree('/data', { train: { a: 2, b: 2 }, test: { a: 2 } })],
  ])('changes with %s', (_, tree) => {
    expect(scan(tree).fingerprint).not.toBe(first);
  });

  it('does not change with the place of the dataset', () => {
    const moved = Object.fromEntries(
      Object.entries(base).map(([path, content]) => [`/elsewhere${path}`, content]),
    );
    expect(scanDatasetSync(memorySource(moved), '/elsewhere/data').fingerprint).toBe(first);
  });
});

describe('on a real disk', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'longtail-folder-'));
    for (const name of ['a/1.png', 'a/2.png', 'b/1.png', 'a/deep/3.png']) {
      mkdirSync(join(root, name, '..'), { recursive: true });
      writeFileSync(join(root, name), '');
    }
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('ends where links form a loop, and says so', () => {
    symlinkSync(root, join(root, 'a', 'deep', 'up'));
    symlinkSync(join(root, 'a'), join(root, 'a', 'deep', 'again'));
    const index = scanDatasetSync(nodeFileSource, root);
    expect(codes(index)).toContain('dataset/folder-again');
    // 1, 2 and 3 of a; through "up" b's picture, a second time in a.
    expect(index.samples).toBeLessThan(20);
  });

  it('follows links to files and folders, and names broken ones', () => {
    symlinkSync(join(root, 'a', '1.png'), join(root, 'b', 'linked.png'));
    symlinkSync(join(root, 'b'), join(root, 'c'));
    symlinkSync(join(root, 'nowhere'), join(root, 'b', 'broken.png'));
    const index = scanDatasetSync(nodeFileSource, root);
    expect(index.classNames).toEqual(['a', 'b', 'c']);
    expect(index.samples).toBe(3 + 2 + 2);
    expect(codes(index)).toContain('dataset/broken-links');
  });
});
