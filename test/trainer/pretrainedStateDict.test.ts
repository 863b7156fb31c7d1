import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LongtailError } from '../../src/common/errors';
import { foldStateDict } from '../../src/trainer/pretrained/fold';
import { fromHalf, toHalf } from '../../src/trainer/pretrained/half';
import { netOf } from '../../src/trainer/pretrained/nets';
import type { PretrainedNet } from '../../src/trainer/pretrained/netTypes';
import { parseStateDict } from '../../src/trainer/pretrained/stateDict';
import { decodeWeights, encodeWeights } from '../../src/trainer/pretrained/weightsFile';

const folder = join(import.meta.dirname, '../fixtures/pretrained');
const fixture = (name: string): Buffer => readFileSync(join(folder, name));
const expected = JSON.parse(fixture('tiny.json').toString()) as Record<
  string,
  { shape: number[]; values: number[] }
>;

const failure = (bytes: Buffer): LongtailError => {
  try {
    parseStateDict(bytes, 'weights.pth');
  } catch (error) {
    if (error instanceof LongtailError) return error;
    throw error;
  }
  throw new Error('was read');
};

/** The old layout's first three pickles: magic, protocol, an empty dictionary. */
const legacyStart = Buffer.concat([
  Buffer.from([
    0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
  ]),
  Buffer.from([0x80, 2, 0x4d, 0xe9, 0x03, 0x2e]),
  Buffer.from([0x80, 2, 0x7d, 0x2e]),
]);

describe('state dicts', () => {
  for (const name of ['tiny-zip.pth', 'tiny-legacy.pth', 'tiny-checkpoint.pth'])
    it(`${name}: every tensor, whatever its layout in the storage`, () => {
      const read = parseStateDict(fixture(name), name);
      expect([...read.keys()].sort()).toEqual(Object.keys(expected).sort());
      for (const [key, { shape, values }] of Object.entries(expected)) {
        expect(read.get(key)?.shape, key).toEqual(shape);
        expect([...(read.get(key)?.values ?? [])], key).toEqual(values.map(Math.fround));
      }
    });

  it('refuses to import anything, and says what and where', () => {
    const { code, params } = failure(fixture('whole-model.pth'));
    expect(code).toBe('pretrained/name');
    expect(params['what']).toMatch(/^torch\.nn\.modules\.linear\./);
    expect(params['path']).toBe('weights.pth');
    expect(params['at']).toBeGreaterThan(0);
  });

  it('refuses a call of the shell', () => {
    const call = 'cposix\nsystem\nX\x07\x00\x00\x00echo hi\x85R.';
    const { code, params } = failure(Buffer.concat([legacyStart, Buffer.from(call, 'latin1')]));
    expect([code, params['what']]).toEqual(['pretrained/name', 'posix.system']);
  });

  it('refuses objects made by other instructions', () => {
    // ccollections\nOrderedDict\n)\x81: NEWOBJ, which calls a class's __new__.
    const made = 'ccollections\nOrderedDict\n)\x81.';
    const { code, params } = failure(Buffer.concat([legacyStart, Buffer.from(made, 'latin1')]));
    expect([code, params['what']]).toEqual(['pretrained/instruction', '0x81']);
  });

  it('refuses a tensor that reaches beyond its storage', () => {
    const bytes = fixture('tiny-legacy.pth');
    // conv.weight: sizes 2, 3, 2, 2 as BININT1 in a tuple; 200 filters would need 2,400 numbers.
    const sizes = Buffer.from([0x28, 0x4b, 2, 0x4b, 3, 0x4b, 2, 0x4b, 2, 0x74]);
    const at = bytes.indexOf(sizes);
    expect(at).toBeGreaterThan(0);
    bytes[at + 2] = 200;
    expect(failure(bytes).params['what']).toBe('tensor');
  });

  for (const name of ['tiny-zip.pth', 'tiny-legacy.pth'])
    it(`${name} cut off anywhere is damaged, never half read and never a defect`, () => {
      const bytes = fixture(name);
      for (let length = 0; length < bytes.length; length++)
        expect(failure(bytes.subarray(0, length)).code, String(length)).toMatch(
          /^(pretrained|arrays)\/(damaged|name|instruction)$/,
        );
    });

  it('a damaged byte is an error of ours or another value, never a defect', () => {
    for (const name of ['tiny-zip.pth', 'tiny-legacy.pth'])
      for (let at = 0; at < 1500; at += 3) {
        const bytes = Buffer.from(fixture(name));
        bytes[at] = (bytes[at] ?? 0) ^ 0x55;
        try {
          parseStateDict(bytes, name);
        } catch (error) {
          expect(error, `${name} byte ${at}`).toBeInstanceOf(LongtailError);
        }
      }
  });
});

describe('weights of another network', () => {
  const tensors = parseStateDict(fixture('narrow/resnet18.pth'), 'weights.pth');
  const net = { ...netOf('resnet18'), width: 16 };
  const refusal = (change: Partial<PretrainedNet>, more: [string, number[]][] = []): unknown[] => {
    const all = new Map(tensors);
    for (const [name, shape] of more)
      all.set(name, { shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
    try {
      foldStateDict({ ...net, ...change }, all, 'weights.pth');
    } catch (error) {
      if (error instanceof LongtailError) return [error.code, error.params['name']];
      throw error;
    }
    return [];
  };

  it('fits its own, whatever its classifier is', () => {
    expect(refusal({}, [['head.weight', [7, 16]]])).toEqual([]);
  });

  it('a deeper network is refused: the same names would give features that mean nothing', () => {
    const name = 'layer1.2.conv1.weight';
    expect(refusal({}, [[name, [2, 2, 3, 3]]])).toEqual(['pretrained/surplus', name]);
  });

  it('a shallower or another one is refused', () => {
    const { layers } = netOf('resnet34');
    expect(refusal({ layers })).toEqual(['pretrained/weight', 'layer1.2.conv1.weight']);
    expect(refusal(netOf('mobilenet_v2'))).toEqual(['pretrained/weight', 'features.0.0.weight']);
  });

  it('a grouped or a narrower layer is refused, and another width', () => {
    const name = 'layer2.0.conv2.weight';
    expect(refusal({}, [[name, [4, 2, 3, 3]]])).toEqual(['pretrained/weight', name]);
    expect(refusal({ width: 512 })).toEqual(['pretrained/weight', 'layer4.1.conv2.weight']);
  });
});

describe('the file of weights', () => {
  const weights = new Map([
    [
      'stem',
      {
        kernel: { shape: [1, 1, 1, 3], values: Float32Array.of(0.5, -2, 1 / 3) },
        bias: { shape: [3], values: Float32Array.of(0, 1e-4, 7) },
      },
    ],
  ]);

  it('gives back what float16 keeps', () => {
    const file = Buffer.from(encodeWeights('a-net', 'somewhere, MIT', weights));
    const { net, weights: read } = decodeWeights(file, 'a.ltw');
    expect(net).toBe('a-net');
    expect(read.get('stem')?.kernel.shape).toEqual([1, 1, 1, 3]);
    // The half nearest to 1/3 is 1365 · 2^-12.
    expect([...(read.get('stem')?.kernel.values ?? [])]).toEqual([0.5, -2, 1365 / 4096]);
  });

  it('cut off, it is damaged', () => {
    const file = Buffer.from(encodeWeights('a-net', 'somewhere, MIT', weights));
    for (let length = 0; length < file.length; length++)
      expect(() => decodeWeights(file.subarray(0, length), 'a.ltw')).toThrow(LongtailError);
  });
});

describe('float16', () => {
  it('every half comes back as itself', () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const again = toHalf(fromHalf(halves));
    const numbers = fromHalf(halves);
    halves.forEach((half, i) => {
      if (!Number.isNaN(numbers[i])) expect(again[i]).toBe(half);
    });
  });

  it('rounds to the nearest, ties to even', () => {
    // Halves near 1 are 2^-10 apart, the smallest is 2^-24, the largest 65504.
    const values = [1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 3 * 2 ** -26, 65519, 65520, -1e-9];
    const wanted = [1, 1 + 2 ** -9, 0, 2 ** -24, 65504, Infinity, -0];
    expect([...fromHalf(toHalf(values))]).toEqual(wanted);
  });
});
