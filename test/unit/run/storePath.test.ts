import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isInside } from '../../../src/run/storePath';

const base = mkdtempSync(join(tmpdir(), 'longtail-inside-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('what lies inside a folder', () => {
  it('is the folder, and all below it whatever it is called', () => {
    for (const path of ['', '/a', '/..hidden', '/..hidden/new'])
      expect(isInside(`/data/birds${path}`, '/data/birds')).toBe(true);
    for (const path of ['/data', '/data/birds-2', '/data/birds/../fish', '/'])
      expect(isInside(path, '/data/birds')).toBe(false);
  });

  it('is so by another way to it, and where nothing is yet', () => {
    mkdirSync(join(base, 'disk/birds'), { recursive: true });
    // A junction on Windows, where links of folders ask for rights.
    symlinkSync(join(base, 'disk'), join(base, 'link'), 'junction');
    expect(isInside(join(base, 'disk/birds/new/a.json'), join(base, 'link/birds'))).toBe(true);
    expect(isInside(join(base, 'link/birds/new/a.json'), join(base, 'disk/birds'))).toBe(true);
    expect(isInside(join(base, 'link/fish'), join(base, 'disk/birds'))).toBe(false);
  });
});
