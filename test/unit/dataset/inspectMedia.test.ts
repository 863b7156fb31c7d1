import { expect, it } from 'vitest';
import { greyPng } from '../../../scripts/sample.mjs';
import { inspectIndex } from '../../../src/dataset/inspect/inspectJob';
import { spreadOf } from '../../../src/dataset/inspect/media';
import { wavSeconds } from '../../../src/dataset/inspect/wavSeconds';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { inspectionMarkdown } from '../../../src/report/inspection';
import { memorySource, type Tree } from './memorySource';

/** 8,000 bytes a second; the data chunk declares `bytes`, a LIST chunk of odd length before it. */
const wav = (bytes: number, held = bytes): Uint8Array => {
  const file = Buffer.alloc(12 + 24 + 12 + 8 + held);
  file.write('RIFF', 0);
  file.write('WAVE', 8);
  file.write('fmt ', 12);
  file.writeUInt32LE(16, 16);
  file.writeUInt32LE(8000, 28);
  file.write('LIST', 36);
  file.writeUInt32LE(3, 40);
  file.write('data', 48);
  file.writeUInt32LE(bytes, 52);
  return file;
};

it('takes the duration of a sound from its chunks', () => {
  expect(wavSeconds(wav(4000), 4056)).toBe(0.5);
  // A recorder that never wrote the length: what is there counts.
  expect(wavSeconds(wav(0xffffffff, 2000), 2056)).toBe(0.25);
  expect(wavSeconds(wav(4000).subarray(0, 40), 4056)).toBeNull();
  expect(wavSeconds(new Uint8Array(0), 0)).toBeNull();
});

it('ranks by nearest rank', () => {
  const values = Array.from({ length: 20 }, (_, i) => 20 - i);
  expect(spreadOf(values)).toEqual({ count: 20, min: 1, p5: 1, median: 10, p95: 19, max: 20 });
  expect(spreadOf([])).toBeNull();
});

const png = (width: number, height: number, value: number): Uint8Array =>
  greyPng(width, height, new Uint8Array(width * height).fill(value));

const inspect = (tree: Tree, ticks: number[] = []) => {
  const source = memorySource(tree);
  return inspectIndex(scanDatasetSync(source, '/data'), source, (share) => ticks.push(share));
};

it('measures pictures, names what is empty or damaged, and puts the leak first', () => {
  const ticks: number[] = [];
  const found = inspect(
    {
      '/data/train/a/1.png': png(4, 6, 1),
      '/data/train/a/2.png': png(8, 2, 2),
      '/data/train/b/3.png': '',
      '/data/train/b/4.png': 'no picture at all',
      '/data/train/b/5.bmp': 'BM whatever',
      '/data/test/a/6.png': png(4, 6, 1),
      '/data/test/b/7.png': png(4, 6, 3),
    },
    ticks,
  );
  expect(found.media).toMatchObject({ empty: 1, unreadable: 1, unknown: 1, seconds: null });
  expect(found.media.examples.map(({ path }) => path).sort()).toEqual([
    'train/b/3.png',
    'train/b/4.png',
  ]);
  expect(found.media.width).toMatchObject({ count: 4, min: 4, median: 4, max: 8 });
  expect(found.media.height).toMatchObject({ min: 2, median: 6, max: 6 });
  expect(ticks.every((share, i) => share >= (ticks[i - 1] ?? 0) && share <= 1)).toBe(true);
  const text = inspectionMarkdown(found);
  expect(text.split('\n')[2]).toBe(
    '- Leak: one of 2 samples of test is also in train (50 %), byte for byte.',
  );
  // The empty file has no content to compare.
  expect(text).toContain('6 samples were compared byte for byte');
  expect(text).not.toContain('inspect/');
});

it('measures sounds', () => {
  const found = inspect({
    '/data/yes/1.wav': wav(8000),
    '/data/yes/2.wav': wav(4000),
    '/data/no/3.wav': 'RIFF',
  });
  expect(found.media).toMatchObject({ unreadable: 1, width: null });
  expect(found.media.seconds).toMatchObject({ count: 2, min: 0.5, max: 1 });
});
