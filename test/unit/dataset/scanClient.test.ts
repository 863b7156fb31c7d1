import { build } from 'esbuild';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/common/errors';
import { indexPathFor, indexState } from '../../../src/dataset/indexCache';
import { openIndex } from '../../../src/dataset/indexFile';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { checkIndex, scanDataset } from '../../../src/dataset/scanClient';
import type { ScanResult } from '../../../src/dataset/scanClient';
import type { ScanOptions, ScanProgress } from '../../../src/dataset/types';

const folder = mkdtempSync(join(tmpdir(), 'longtail-scan-'));
const workerPath = join(folder, 'scanWorker.cjs');
const fixtures = resolve(__dirname, '../../fixtures/datasets');
let cacheFolder = '';

beforeAll(async () => {
  await build({
    entryPoints: [resolve(__dirname, '../../../src/dataset/scanWorker.ts')],
    outfile: workerPath,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
});
beforeEach(() => {
  cacheFolder = mkdtempSync(join(folder, 'cache-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scan = (
  root: string,
  options: ScanOptions & { workerPath?: string } = {},
): Promise<ScanResult> => scanDataset(root, { workerPath, cacheFolder, ...options });
const code = (name: string): unknown => expect.objectContaining({ code: name });

/** Rows enough for the columns to leave memory: more than two chunks of 32,768. */
const writeTable = (name: string, rows: number): string => {
  const path = join(folder, name);
  const lines = Array.from({ length: rows }, (_, i) => `pics/é${String(i)}.jpg,c${String(i % 7)}`);
  writeFileSync(path, `image,label\n${lines.join('\n')}\n`);
  return path;
};

describe('scanDataset', () => {
  it('gives in its thread what a scan gives here', async () => {
    const root = join(fixtures, 'image-folder-splits', 'data');
    const { index, fromCache } = await scan(root);
    const here = scanDatasetSync(nodeFileSource, root);
    expect(fromCache).toBe(false);
    expect({ ...index, scanMs: 0, locator: null }).toEqual({ ...here, scanMs: 0, locator: null });
    for (let i = 0; i < here.samples; i++) expect(index.locator(i)).toEqual(here.locator(i));
  });

  it('writes the same for columns that did not fit into memory', async () => {
    const path = writeTable('long.csv', 80_000);
    const { index, indexPath } = await scan(path);
    const byPages = openIndex(indexPath, nodeFileSource, 0);
    expect(index.samples).toBe(80_000);
    for (const i of [0, 1, 32_767, 32_768, 65_535, 65_536, 79_999]) {
      const wanted = { path: `pics/é${String(i)}.jpg`, offset: 0, length: 0 };
      expect(index.locator(i)).toEqual(wanted);
      expect(byPages.locator(i)).toEqual(wanted);
      expect(index.classNames[index.labels[i] ?? -1]).toBe(`c${String(i % 7)}`);
      expect(byPages.labels[i]).toBe(index.labels[i]);
    }
    expect(readdirSync(join(cacheFolder, 'index'))).toHaveLength(1);
  });

  it('names a path that is not there, and one that is nothing it knows', async () => {
    await expect(scan(join(folder, 'nowhere'))).rejects.toEqual(code('dataset/path-missing'));
    await expect(scan(join(fixtures, 'README.md'))).rejects.toEqual(code('dataset/not-recognised'));
    await expect(scan(fixtures, { format: 'tape' })).rejects.toEqual(
      code('dataset/unknown-format'),
    );
  });

  it('names a cache it cannot write to', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(
      scan(join(fixtures, 'csv-labels-only', 'data'), { cacheFolder: file }),
    ).rejects.toEqual(code('dataset/cache-unwritable'));
  });

  it('refuses at once when it was cancelled before', async () => {
    await expect(scan(fixtures, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      CancelledError,
    );
  });

  it('stops at the first progress and leaves no half index', async () => {
    const path = writeTable('longer.csv', 600_000);
    const stop = new AbortController();
    const seen: ScanProgress[] = [];
    const running = scan(path, {
      signal: stop.signal,
      onProgress: (progress) => {
        seen.push(progress);
        stop.abort();
      },
    });
    await expect(running).rejects.toBeInstanceOf(CancelledError);
    expect(seen[0]?.samples).toBeGreaterThan(0);
    expect(seen[0]?.samples).toBeLessThan(600_000);
    expect(readdirSync(join(cacheFolder, 'index')).filter((f) => f.endsWith('.ltindex'))).toEqual(
      [],
    );
  });
});

describe('the cached index', () => {
  /** A dataset whose files are old: what was written this moment is never trusted. */
  const dataset = (): string => {
    const root = mkdtempSync(join(folder, 'data-'));
    for (const name of ['a/1.png', 'a/2.png', 'b/1.png']) {
      mkdirSync(join(root, name, '..'), { recursive: true });
      writeFileSync(join(root, name), '');
    }
    return root;
  };

  it('is used again while nothing changed, unless a fresh one is asked for', async () => {
    const root = join(fixtures, 'image-folder-flat', 'data');
    const first = await scan(root);
    const second = await scan(root);
    expect(second.fromCache).toBe(true);
    expect(second.index.fingerprint).toBe(first.index.fingerprint);
    expect((await scan(root, { fresh: true })).fromCache).toBe(false);
  });

  it('needs no thread to be used again where few files are to be looked at', async () => {
    const root = dataset();
    // Nothing is proven by a file as young as the scan.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { indexPath } = await scan(root);
    const without = { workerPath: join(folder, 'no-such-thread.cjs') };
    expect((await scan(root, without)).indexPath).toBe(indexPath);
    expect(await checkIndex(root, {}, { ...without, cacheFolder })).toBe('current');
    writeFileSync(join(root, 'a', '3.png'), '');
    await expect(scan(root, without)).rejects.toThrow('no-such-thread');
    expect((await scan(root)).index.samples).toBe(4);
  });

  it('is another one for other options', async () => {
    const root = join(fixtures, 'csv-quoted', 'data');
    await scan(root);
    expect((await scan(root, { labelColumn: 'score' })).fromCache).toBe(false);
  });

  it('is made again when a picture came, and when a label file was edited', async () => {
    const root = dataset();
    expect((await scan(root)).index.samples).toBe(3);
    writeFileSync(join(root, 'b', '2.png'), '');
    expect((await scan(root)).index.samples).toBe(4);

    const table = join(root, 'labels.csv');
    writeFileSync(table, 'label\nx\ny\n');
    expect((await scan(table)).index.classNames).toEqual(['x', 'y']);
    // Same size, and the old modification time put back.
    writeFileSync(table, 'label\nx\nz\n');
    utimesSync(table, 1, 1);
    expect((await scan(table)).index.classNames).toEqual(['x', 'z']);
  });

  it('is compared with the disk without a scan', async () => {
    const root = join(folder, 'checked');
    mkdirSync(join(root, 'a'), { recursive: true });
    mkdirSync(join(root, 'b'));
    for (const name of ['a/1.png', 'b/1.png']) writeFileSync(join(root, name), '');
    const check = () => checkIndex(root, {}, { workerPath, cacheFolder });
    expect(await check()).toBe('none');
    const { indexPath } = await scan(root);
    const before = readFileSync(indexPath);
    writeFileSync(join(root, 'b', '2.png'), '');
    expect(await check()).toBe('changed');
    expect(readFileSync(indexPath).equals(before)).toBe(true);
  });

  it('is made again when it is damaged', async () => {
    const root = join(fixtures, 'image-folder-flat', 'data');
    const { indexPath } = await scan(root);
    const { length } = readFileSync(indexPath);
    for (const bytes of [length - 8, 40, 0]) {
      truncateSync(indexPath, bytes);
      expect(() => openIndex(indexPath)).toThrow(code('dataset/index-unreadable'));
      expect((await scan(root, { fresh: true })).index.samples).toBe(6);
    }
    writeFileSync(indexPath, 'LTINDEX1 but nothing else, really nothing');
    expect(indexState(indexPath, nodeFileSource)).toBe('none');
    expect((await scan(root)).fromCache).toBe(false);
  });

  it('lies outside the dataset, which a scan leaves alone', async () => {
    const root = dataset();
    const { indexPath } = await scan(root);
    expect(indexPath).toBe(indexPathFor(cacheFolder, root, {}));
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(
      ['a', 'a/1.png', 'a/2.png', 'b', 'b/1.png'].sort(),
    );
  });
});
