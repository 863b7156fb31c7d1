import { expect, it } from 'vitest';
import { greyPng } from '../../../scripts/sample.mjs';
import { inspectIndex } from '../../../src/dataset/inspect/inspectJob';
import { spreadOf } from '../../../src/dataset/inspect/media';
import { otherPictureSize } from '../../../src/dataset/inspect/otherPictures';
import { flacSeconds, oggSeconds, wavSeconds } from '../../../src/dataset/inspect/soundSeconds';
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

/** Bytes of texts and of numbers with their width, little end first; negative widths big end first. */
const bytesOf = (
  ...parts: readonly (string | readonly [value: number, width: number])[]
): Uint8Array =>
  Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part, 'latin1');
      const [value, width] = part;
      const bytes = Buffer.alloc(Math.abs(width));
      if (width > 0) bytes.writeUIntLE(value, 0, width);
      else bytes.writeUIntBE(value, 0, -width);
      return bytes;
    }),
  );
const sizeOf = (bytes: Uint8Array) =>
  otherPictureSize(bytes, (offset, length) => bytes.subarray(offset, offset + length));
const rest = '\0'.repeat(16);

it.each<[string, Uint8Array]>([
  ['GIF', bytesOf('GIF89a', [640, 2], [480, 2], rest)],
  ['BMP', bytesOf('BM', rest.slice(4), [40, 4], [640, 4], [2 ** 32 - 480, 4], rest)],
  ['BMP of OS/2', bytesOf('BM', rest.slice(4), [12, 4], [640, 2], [480, 2], rest)],
  [
    'lossy WebP',
    bytesOf('RIFF', [0, 4], 'WEBPVP8 ', [0, 4], '\0\0\0\x9d\x01\x2a', [640, 2], [480, 2]),
  ],
  [
    'lossless WebP',
    bytesOf('RIFF', [0, 4], 'WEBPVP8L', [0, 4], '\x2f', [639 + 479 * 2 ** 14, 4], rest),
  ],
  ['extended WebP', bytesOf('RIFF', [0, 4], 'WEBPVP8X', [10, 4], [0, 4], [639, 3], [479, 3])],
  // The directory behind the pixels; width as 16 bits, height as 32.
  [
    'TIFF of Intel',
    bytesOf(
      'II*\0',
      [12, 4],
      'pixs',
      [2, 2],
      [256, 2],
      [3, 2],
      [1, 4],
      [640, 4],
      [257, 2],
      [4, 2],
      [1, 4],
      [480, 4],
    ),
  ],
  [
    'TIFF of Motorola',
    bytesOf(
      'MM\0*',
      [8, -4],
      [2, -2],
      [256, -2],
      [3, -2],
      [1, -4],
      [640, -2],
      [0, 2],
      [257, -2],
      [3, -2],
      [1, -4],
      [480, -2],
      [0, 2],
    ),
  ],
])('takes the size of a %s from its head', (_, bytes) => {
  expect(sizeOf(bytes)).toEqual({ width: 640, height: 480 });
  for (let length = 0; length < 10; length++) expect(sizeOf(bytes.subarray(0, length))).toBeNull();
});

it('takes the duration of FLAC and Ogg from the first block and the last page', () => {
  const info = (rate: number, samples: number) =>
    bytesOf('fLaC', [0x22, -4], rest.slice(6), [rate * 16, -3], [0x70, 1], [samples, -4], rest);
  expect(flacSeconds(info(44_100, 88_200))).toBe(2);
  // The encoder did not know the length.
  expect(flacSeconds(info(44_100, 0))).toBeNull();
  const page = (position: number, content: string | Uint8Array) =>
    bytesOf(
      'OggS',
      [0, 2],
      [position, 6],
      [0, 2],
      [0, 6],
      [0, 6],
      [1, 1],
      [0, 1],
      Buffer.from(content).toString('latin1'),
    );
  const ogg = (first: Uint8Array, last: number) => {
    const file = Buffer.concat([page(0, first), page(last, 'sound'.repeat(9))]);
    return oggSeconds(file, file.length, (offset, length) =>
      file.subarray(offset, offset + length),
    );
  };
  expect(ogg(bytesOf('\x01vorbis', [0, 4], [2, 1], [22_050, 4], rest), 11_025)).toBe(0.5);
  expect(ogg(bytesOf('OpusHead', [1, 1], [2, 1], [312, 2], [48_000, 4], rest), 48_312)).toBe(1);
  expect(ogg(bytesOf('another codec', rest), 48_312)).toBeNull();
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
      '/data/train/b/5.avif': 'whatever',
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
  expect(text).not.toMatch(/inspect(ion)?\//);
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
