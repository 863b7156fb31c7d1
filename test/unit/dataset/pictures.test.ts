import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { picturesOf, pictureType } from '../../../src/dataset/inspect/pictures';
import { samplesOfClass } from '../../../src/dataset/inspect/samplesOfClass';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../../src/dataset/scan';

const folder = mkdtempSync(join(tmpdir(), 'longtail-pictures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]);
const put = (name: string, bytes: Uint8Array): void => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), bytes);
};

describe('pictures to look at', () => {
  it('are known by how they begin', () => {
    expect(pictureType(png)).toBe('image/png');
    expect(pictureType(Uint8Array.from([0xff, 0xd8, 0xff]))).toBe('image/jpeg');
    expect(pictureType(new TextEncoder().encode('RIFF....WEBPVP8 '))).toBe('image/webp');
    expect(pictureType(new TextEncoder().encode('<svg onload="x">'))).toBeNull();
    expect(pictureType(new Uint8Array())).toBeNull();
  });

  it('come a page at a time, of all members of a merged class, and not where they are too large', () => {
    for (const name of ['ant/0.png', 'ant/1.png', 'bee/0.png', 'cat/0.png']) put(name, png);
    const large = new Uint8Array(600 * 1024);
    large.set(png);
    put('bee/1.png', large);
    const index = scanDatasetSync(nodeFileSource, folder);
    const wanted = { className: 'insect', members: ['ant', 'bee'], from: 1, limit: 3 };
    const { count, samples, pictures } = samplesOfClass(nodeFileSource, index, wanted, picturesOf);
    expect(count).toBe(4);
    expect(samples.map(({ path }) => path)).toEqual(['ant/1.png', 'bee/0.png', 'bee/1.png']);
    expect(pictures?.map((one) => one?.kind ?? null)).toEqual(['file', 'file', null]);
  });
});
