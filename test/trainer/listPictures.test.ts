import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { classOfFolders, picturesAt } from '../../src/trainer/finished/listPictures';

const root = mkdtempSync(join(tmpdir(), 'longtail-pictures-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

describe('pictures at a path', () => {
  it('are those of a folder and of those inside, in one order, without hidden ones', () => {
    for (const name of ['b/2.PNG', 'b/1.jpg', 'a/x.jpeg', 'a/notes.txt', '.git/3.png', 'z.webp']) {
      mkdirSync(join(root, name, '..'), { recursive: true });
      writeFileSync(join(root, name), '');
    }
    const pictures = picturesAt(root);
    expect(pictures.count()).toBe(4);
    expect([...pictures.each()]).toEqual([
      { path: join(root, 'a', 'x.jpeg'), folders: ['a'] },
      { path: join(root, 'b', '1.jpg'), folders: ['b'] },
      { path: join(root, 'b', '2.PNG'), folders: ['b'] },
      { path: join(root, 'z.webp'), folders: [] },
    ]);
    // A file that was named is taken, whatever it is called.
    expect([...picturesAt(join(root, 'a', 'notes.txt')).each()]).toHaveLength(1);
    expect(() => picturesAt(join(root, 'none'))).toThrow('model/no-such-path');
  });

  it('belong to the innermost folder that names a class, or to several folders together', () => {
    const classes = new Set(['bird', 'bird/robin', 'cat']);
    expect(classOfFolders(['train', 'cat'], classes)).toBe('cat');
    expect(classOfFolders(['bird', 'robin'], classes)).toBe('bird/robin');
    expect(classOfFolders(['cat', 'bird', 'day 1'], classes)).toBe('bird');
    expect(classOfFolders(['train'], classes)).toBeNull();
  });
});
