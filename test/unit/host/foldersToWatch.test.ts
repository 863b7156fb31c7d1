import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { foldersToWatch, mostFolders } from '../../../src/host/follow/foldersToWatch';

const folder = mkdtempSync(join(tmpdir(), 'longtail-watch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const make = (root: string, ...names: readonly string[]): string => {
  for (const name of names) mkdirSync(join(folder, root, name), { recursive: true });
  return join(folder, root);
};

describe('foldersToWatch', () => {
  it('takes the folder, splits and labels before other folders, then what is in them', async () => {
    const root = make('splits', 'docs', 'train/yew', 'train/oak', 'test', 'labels', '.git/refs');
    expect((await foldersToWatch(root)).map(({ folder: one }) => one.slice(root.length))).toEqual([
      '',
      '/labels',
      '/test',
      '/train',
      '/docs',
      '/train/oak',
      '/train/yew',
    ]);
  });

  it('stops at twenty, however many classes there are', async () => {
    const root = make('classes', ...Array.from({ length: 60 }, (_, i) => `train/${String(i)}`));
    const folders = await foldersToWatch(root);
    expect(folders).toHaveLength(mostFolders);
    expect(folders.every(({ pattern }) => pattern === '*')).toBe(true);
  });

  it('watches a file by its name, and everything beside one whose name is a pattern', async () => {
    const root = make('files', '.');
    for (const name of ['labels.csv', 'a[1].csv']) writeFileSync(join(root, name), 'label\n');
    expect(await foldersToWatch(join(root, 'labels.csv'))).toEqual([
      { folder: root, pattern: 'labels.csv' },
    ]);
    expect(await foldersToWatch(join(root, 'a[1].csv'))).toEqual([{ folder: root, pattern: '*' }]);
  });

  it('watches nothing where nothing is', async () => {
    expect(await foldersToWatch(join(folder, 'gone'))).toEqual([]);
  });
});
