import { encode } from 'fast-png';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCheckpoint, saveCheckpoint, type Checkpoint } from '../../src/trainer/checkpoint';
import { createImageDecoder } from '../../src/pictures/decodeImage';
import type { Image } from '../../src/pictures/image';
import { fitImage } from '../../src/trainer/data/image';
import { createImageInput } from '../../src/trainer/data/imageInput';
import { resolveShape } from '../../src/trainer/data/pixels';
import { heldOutCount } from '../../src/methods/sampling';
import { encodeSplit, makeSplit } from '../../src/trainer/data/split';
import { readNpz, writeNpz } from '../../src/trainer/npz';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtail-data-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const image = (width: number, height: number, channels: 1 | 3, data: number[]): Image => ({
  width,
  height,
  channels,
  data: Uint8Array.from(data),
});

describe('fitting a picture', () => {
  it('leaves one of the right size alone', () => {
    const own = image(2, 2, 1, [1, 2, 3, 4]);
    expect(fitImage(own, { width: 2, height: 2, channels: 1 })).toBe(own.data);
  });

  it('shrinks by the average of the area and crops what sticks out', () => {
    // 8 × 4 halves to 4 × 2; the middle 2 × 2 stays: columns 2 … 5 of the source in pairs.
    const rows = [0, 1, 2, 3].flatMap((y) => [0, 1, 2, 3, 4, 5, 6, 7].map((x) => 10 * x + y));
    const fitted = fitImage(image(8, 4, 1, rows), { width: 2, height: 2, channels: 1 });
    expect([...fitted]).toEqual([26, 46, 28, 48].map((v) => v - 0.5).map(Math.round));
  });

  it('grows by interpolating and keeps the middle in the middle', () => {
    const fitted = fitImage(image(2, 1, 1, [0, 100]), { width: 4, height: 2, channels: 1 });
    expect([...fitted]).toEqual([0, 25, 75, 100, 0, 25, 75, 100]);
  });

  it('turns colour into luma and grey into colour', () => {
    const red = image(1, 1, 3, [255, 0, 0]);
    expect([...fitImage(red, { width: 1, height: 1, channels: 1 })]).toEqual([76]);
    const grey = image(1, 1, 1, [9]);
    expect([...fitImage(grey, { width: 1, height: 1, channels: 3 })]).toEqual([9, 9, 9]);
  });
});

describe('decoding', () => {
  const decoder = async () => {
    const path = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
    return createImageDecoder(new WebAssembly.Module(readFileSync(path)));
  };

  it('reads PNG of 8 and 16 bits, with and without transparency', async () => {
    const decode = await decoder();
    const base = { width: 2, height: 1 } as const;
    const rgba = encode({ ...base, channels: 4, data: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 255) });
    expect(decode(rgba)).toMatchObject({ channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
    const deep = encode({ ...base, channels: 1, depth: 16, data: Uint16Array.of(0x1234, 0xff00) });
    expect(decode(deep)).toMatchObject({ channels: 1, data: Uint8Array.of(0x12, 0xff) });
  });

  it.each([
    ['colour', [200, 40, 30], [20, 60, 220]],
    ['progressive', [200, 40, 30], [20, 60, 220]],
    ['grey', [50], [210]],
  ] as const)('reads a %s JPEG that another program wrote', async (name, left, right) => {
    const decode = await decoder();
    const file = new URL(`../fixtures/pictures/${name}.jpg`, import.meta.url);
    const { width, height, channels, data } = decode(readFileSync(file));
    expect([width, height, channels]).toEqual([32, 16, left.length]);
    // Halves of one colour in blocks of their own: only rounding is left (quality 95), but for the
    // columns beside the seam, where colours stored at half the size are interpolated.
    for (let i = 0; i < width * height; i++) {
      if (Math.abs((i % width) - 15.5) < 2) continue;
      const half = i % width < width / 2 ? left : right;
      half.forEach((value, c) => {
        expect(Math.abs((data[i * channels + c] ?? NaN) - value)).toBeLessThanOrEqual(4);
      });
    }
  });

  it('refuses what is neither PNG nor JPEG, and a JPEG of nothing', async () => {
    const decode = await decoder();
    expect(() => decode(Uint8Array.of(71, 73, 70))).toThrow('neither PNG nor JPEG');
    expect(() => decode(Uint8Array.of(0xff, 0xd8, 0, 0))).toThrow();
  });

  it('picks the shape by the pictures where the config leaves it open', () => {
    const open = { kind: 'image', augment: [] } as const;
    const small = { width: 28, height: 20, channels: 1 } as const;
    expect(resolveShape({ ...open, augment: [] }, [small, small])).toEqual(small);
    expect(resolveShape({ ...open, augment: [] }, [small, { ...small, width: 29 }])).toEqual({
      width: 64,
      height: 64,
      channels: 1,
    });
    expect(
      resolveShape({ ...open, augment: [] }, [small, { ...small, channels: 3 }]).channels,
    ).toBe(3);
  });
});

describe('the input of a network', () => {
  const rows = Uint32Array.of(0, 1);
  const input = (augment: ('crop' | 'flip')[]) =>
    createImageInput({
      data: Uint8Array.of(0, 100, 200, 100, 50, 50, 150, 150),
      shape: { width: 2, height: 2, channels: 1 },
      slotOf: Int32Array.of(0, 1),
      trainRows: rows,
      augment,
    });

  it('has mean 0 and variance 1 over the training pictures', () => {
    const values = input([]).batch(rows, null);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(mean).toBeCloseTo(0, 6);
    expect(values.reduce((sum, v) => sum + v * v, 0) / values.length).toBeCloseTo(1, 6);
  });

  it('is augmented by seed, stage, epoch and draw alone', () => {
    const at = { seed: 1, stage: 0, epoch: 0, draw: 0 };
    const one = input(['crop', 'flip']);
    const first = one.batch(rows, at);
    expect(one.batch(rows, at)).toEqual(first);
    // The second picture alone, drawn at the second place, is cut as it was in the batch.
    expect(one.batch(Uint32Array.of(1), { ...at, draw: 1 })).toEqual(first.slice(4));
    const other = Array.from({ length: 64 }, (_, epoch) =>
      one.batch(rows, { ...at, epoch }).join(),
    );
    expect(new Set(other).size).toBeGreaterThan(4);
  });

  it('only mirrors when told to flip alone', () => {
    const plain = [...input([]).batch(Uint32Array.of(0), null)];
    const mirrored = [plain[1], plain[0], plain[3], plain[2]];
    for (let draw = 0; draw < 20; draw++) {
      const got = [
        ...input(['flip']).batch(Uint32Array.of(0), { seed: 1, stage: 0, epoch: 0, draw }),
      ];
      expect([plain, mirrored]).toContainEqual(got);
    }
  });
});

describe('the hold-out', () => {
  const classNames = ['b', 'a', 'c'];
  const classOf = Int32Array.from([
    ...Array<number>(100).fill(0),
    ...Array<number>(7).fill(1),
    ...Array<number>(4).fill(2),
  ]);
  const question = {
    classOf,
    classNames,
    splitOf: new Uint8Array(classOf.length),
    splitNames: ['all'],
    wanted: { train: 'train', validation: 0.1, test: 'test' },
    seed: 5,
  };
  const count = (rows: Uint32Array) =>
    [0, 1, 2].map((c) => rows.filter((row) => classOf[row] === c).length);

  it('takes max(1, round) of a class with five or more, none of a smaller one', () => {
    expect([0, 1, 4, 5, 14, 15, 100].map((n) => heldOutCount(n, 0.1))).toEqual([
      0, 0, 0, 1, 1, 2, 10,
    ]);
    const split = makeSplit(question);
    expect(split.scoredSplit).toBe('heldOut');
    expect(count(split.test)).toEqual([20, 1, 0]);
    expect(count(split.validation)).toEqual([10, 1, 0]);
    expect(count(split.train)).toEqual([70, 5, 4]);
    const all = [...split.train, ...split.validation, ...split.test].sort((a, b) => a - b);
    expect(all).toEqual([...classOf.keys()]);
  });

  it('keeps everything with validation none and a test split', () => {
    const splitOf = Uint8Array.from(classOf, (_, row) => (row % 3 === 0 ? 1 : 0));
    const wanted = { train: 'train', validation: 'none' as const, test: 'test' };
    const split = makeSplit({ ...question, splitOf, splitNames: ['train', 'test'], wanted });
    expect(split.scoredSplit).toBe('test');
    expect(split.validation).toHaveLength(0);
    expect(split.train.length + split.test.length).toBe(classOf.length);
  });

  it('depends on the seed and the names, not on the order of the classes', () => {
    const split = makeSplit(question);
    const swapped = makeSplit({
      ...question,
      classNames: ['a', 'b', 'c'],
      classOf: classOf.map((label) => [1, 0, 2][label]!),
    });
    expect(swapped).toEqual(split);
    expect(makeSplit({ ...question, seed: 6 }).test).not.toEqual(split.test);
    expect(encodeSplit(split, classOf.length)).toHaveLength(13 + classOf.length);
  });

  it('names the splits there are when one is missing', () => {
    const splitNames = ['left', 'right'];
    expect(() => makeSplit({ ...question, splitNames })).toThrow('train/split-missing');
  });
});

describe('arrays on disk', () => {
  it('come back as they were', () => {
    const path = join(folder, 'a.npz');
    const arrays = {
      x: { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, NaN, Infinity, 6) },
      n: { shape: [2], values: Int32Array.of(-1, 7) },
      none: { shape: [0, 4], values: new Float32Array() },
    };
    writeNpz(path, arrays);
    expect(Object.fromEntries(readNpz(path))).toEqual(arrays);
    truncateSync(path, 100);
    expect(() => readNpz(path)).toThrow('train/npz-damaged');
  });

  it('are a zip that other programs take', () => {
    const path = join(folder, 'b.npz');
    writeNpz(path, { x: { shape: [3], values: Float32Array.of(1, 2, 3) } });
    const program =
      'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nprint(z.testzip(), z.namelist(), len(z.read("x.npy")) % 64)';
    let shown: string;
    try {
      shown = execFileSync('python3', ['-c', program, path], { encoding: 'utf8' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    expect(shown.trim()).toBe("None ['x.npy'] 12");
  });
});

describe('checkpoints', () => {
  const checkpoint = (seq: number): Checkpoint => ({
    place: { stage: 1, epoch: 2, step: 3, lossSum: 0.5, seen: 6, seconds: 7 },
    seq,
    planKey: 'key',
    timings: [],
    weights: new Map([['a/kernel', { shape: [1, 2], values: Float32Array.of(seq, 2) }]]),
    velocities: new Map([['a/kernel', { shape: [1, 2], values: Float32Array.of(0.5, -1) }]]),
  });

  it('come back as they were, the newest whole one first', () => {
    const run = join(folder, 'run');
    expect(loadCheckpoint(run)).toBeNull();
    for (const seq of [8, 9, 10]) saveCheckpoint(run, checkpoint(seq));
    const files = readdirSync(join(run, 'checkpoints'));
    expect(files).toEqual(['000000009.ckpt', '000000010.ckpt']);
    expect(loadCheckpoint(run)).toEqual(checkpoint(10));
    truncateSync(join(run, 'checkpoints', '000000010.ckpt'), 40);
    expect(loadCheckpoint(run)).toEqual(checkpoint(9));
  });
});
