import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LongtailError } from '../../src/common/errors';
import type { ModelConfig } from '../../src/config/schema';
import { createRandom } from '../../src/common/random';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendId, Ops } from '../../src/trainer/backend/types';
import { findBackbone } from '../../src/trainer/pretrained/backbone';
import { expectClose } from './backendOps';
import { convolve, mapped, picture, type Plane } from './pretrainedContract';

const shapes = {
  'conv/kernel': [3, 3, 3, 4],
  'conv/bias': [4],
  'top/kernel': [4, 2],
  'top/bias': [2],
};

const draw = (name: string, length: number): Float32Array => {
  const random = createRandom(11, name);
  return Float32Array.from({ length }, () => random.nextNormal());
};

const numbers = Object.entries(shapes).map(([name, shape]) => ({
  name,
  shape,
  values: draw(
    name,
    shape.reduce((a, b) => a * b, 1),
  ),
}));

type Spec = { readonly name: string; readonly shape: readonly number[]; readonly dtype: string };

const specs: Spec[] = numbers.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
const bytes = Buffer.concat(numbers.map(({ values }) => Buffer.from(values.buffer)));

/** Convolution, ReLU, global average, classifier: as Keras writes layers down. */
const layersTopology = (side: number | null, pooled = true) => ({
  class_name: 'Sequential',
  config: {
    name: 'net',
    layers: [
      {
        class_name: 'Conv2D',
        config: {
          ...{ name: 'conv', filters: 4, kernel_size: [3, 3], strides: [2, 2], padding: 'same' },
          ...{ activation: 'relu', use_bias: true, batch_input_shape: [null, side, side, 3] },
        },
      },
      pooled
        ? { class_name: 'GlobalAveragePooling2D', config: { name: 'pool' } }
        : { class_name: 'Activation', config: { name: 'again', activation: 'relu' } },
      { class_name: 'Dense', config: { name: 'top', units: 2 } },
    ],
  },
});

const s = (text: string) => ({ s: Buffer.from(text).toString('base64') });
const float = { T: { type: 'DT_FLOAT' } };
const constant = (name: string, shape: readonly number[], type = 'DT_FLOAT') => ({
  ...{ name, op: 'Const' },
  attr: {
    dtype: { type },
    value: {
      tensor: { dtype: type, tensorShape: { dim: shape.map((size) => ({ size: `${size}` })) } },
    },
  },
});

/** The same network as operations, as the converter writes them down. */
const graphTopology = {
  node: [
    {
      ...{ name: 'x', op: 'Placeholder' },
      attr: {
        dtype: { type: 'DT_FLOAT' },
        shape: { shape: { dim: [-1, -1, -1, 3].map((size) => ({ size: `${size}` })) } },
      },
    },
    ...numbers.map(({ name, shape }) => constant(name, shape)),
    constant('axes', [2], 'DT_INT32'),
    {
      ...{ name: 'conv', op: 'Conv2D', input: ['x', 'conv/kernel'] },
      attr: {
        ...float,
        strides: { list: { i: ['1', '2', '2', '1'] } },
        dilations: { list: { i: ['1', '1', '1', '1'] } },
        ...{ padding: s('SAME'), data_format: s('NHWC') },
      },
    },
    {
      ...{ name: 'biased', op: 'BiasAdd', input: ['conv', 'conv/bias'] },
      attr: { ...float, data_format: s('NHWC') },
    },
    { name: 'relu', op: 'Relu', input: ['biased'], attr: float },
    {
      name: 'mean',
      op: 'Mean',
      input: ['relu', 'axes'],
      attr: { ...float, keep_dims: { b: false } },
    },
    { name: 'top', op: 'MatMul', input: ['mean', 'top/kernel'], attr: float },
  ],
  versions: { producer: 1 },
};

/** The features by loops: 16 × 16 with stride 2 wants one row more, and it goes after. */
const byHand = (pixels: Uint8Array, scaled: (byte: number) => number): number[] => {
  const x: Plane = Array.from({ length: 16 }, (_, row) =>
    Array.from({ length: 16 }, (__, column) =>
      [0, 1, 2].map((c) => scaled(pixels[(row * 16 + column) * 3 + c] ?? 0)),
    ),
  );
  const [kernel, bias] = numbers;
  if (kernel === undefined || bias === undefined) throw new Error('no weights');
  const maps = mapped(
    convolve(x, new Map([['conv', { kernel, bias }]]), { name: 'conv', stride: 2, pad: 0, out: 8 }),
    (value) => Math.max(0, value),
  );
  return [0, 1, 2, 3].map((f) => maps.flat().reduce((sum, at) => sum + (at[f] ?? 0), 0) / 64);
};

type PretrainedConfig = Extract<ModelConfig, { kind: 'pretrained' }>;

/** What a TensorFlow.js model by path must give, on one backend. */
export const describeTfjsModels = (id: BackendId): void => {
  const folder = mkdtempSync(join(os.tmpdir(), 'longtail-tfjs-'));
  let ops: Ops;
  beforeAll(async () => {
    ({ ops } = await selectBackend(id));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes a model with its weights in two shards; gives its folder. */
  const write = (
    name: string,
    json: object,
    more: { specs?: Spec[]; tail?: Buffer } = {},
  ): string => {
    const own = join(folder, name);
    mkdirSync(join(own, 'w'), { recursive: true });
    const all = Buffer.concat([bytes, more.tail ?? Buffer.alloc(0)]);
    writeFileSync(join(own, 'w', 'a.bin'), all.subarray(0, 100));
    writeFileSync(join(own, 'b.bin'), all.subarray(100));
    const weights = [...specs, ...(more.specs ?? [])];
    const manifest = [{ paths: ['w/a.bin', 'b.bin'], weights }];
    writeFileSync(join(own, 'model.json'), JSON.stringify({ weightsManifest: manifest, ...json }));
    return own;
  };
  const layers = (side: number | null, pooled = true) => ({
    format: 'layers-model',
    modelTopology: { model_config: layersTopology(side, pooled) },
  });
  const graph = () => ({ format: 'graph-model', modelTopology: graphTopology });
  const axes = {
    specs: [{ name: 'axes', shape: [2], dtype: 'int32' }],
    tail: Buffer.from(Int32Array.of(1, 2).buffer),
  };
  const open = (own: string, more: Partial<PretrainedConfig> = {}) =>
    findBackbone(
      { ...{ kind: 'pretrained', net: 'tfjs', weights: './model.json', scale: '-1..1' }, ...more },
      { configPath: join(own, 'longtail.yaml'), bundleFolder: folder },
    );
  const refusal = async (own: string, more: Partial<PretrainedConfig> = {}): Promise<unknown> =>
    open(own, more).then(
      () => 'was read',
      (error: unknown) => (error instanceof LongtailError ? error.code : error),
    );

  for (const [kind, json, more] of [
    ['layers', layers(null), {}],
    ['a graph', graph(), axes],
  ] as const)
    for (const layer of [undefined, kind === 'layers' ? 'conv' : 'relu'])
      it(`${kind}, features of ${layer ?? 'the last pooling layer'}: those of loops`, async () => {
        const own = write(`${kind} ${layer ?? ''}`, json, more);
        const before = ops.memory().tensors;
        const backbone = await open(own, { layer });
        expect([backbone.width, backbone.size]).toEqual([4, null]);
        const extractor = backbone.open(ops);
        const pictures = [0, 1, 2].map((k) => picture(k, 16, 16));
        const all = Uint8Array.from(pictures.flatMap((one) => [...one]));
        const made = extractor.extract(all, 3, [16, 16]);
        const expected = pictures.flatMap((one) => byHand(one, (byte) => byte / 127.5 - 1));
        expectClose(made, expected, 'features');
        extractor.dispose();
        backbone.dispose();
        expect(ops.memory().tensors).toBe(before);
      });

  it('scales bytes as it is told, and tells models and scales apart', async () => {
    const own = write('scales', layers(null));
    const one = await open(own, { scale: '0..1' });
    const pixels = picture(3, 16, 16);
    const made = one.open(ops).extract(pixels, 1, [16, 16]);
    expectClose(
      made,
      byHand(pixels, (byte) => byte / 255),
      'features',
    );
    const other = await open(own);
    expect(one.hash).not.toBe(other.hash);
    const changed = write('scales', layers(null), { tail: Buffer.alloc(0) });
    const shard = readFileSync(join(changed, 'b.bin'));
    shard[0] = (shard[0] ?? 0) ^ 1;
    writeFileSync(join(changed, 'b.bin'), shard);
    const third = await open(changed);
    expect(third.hash).not.toBe(other.hash);
    for (const backbone of [one, other, third]) backbone.dispose();
  });

  it('says the size it takes', async () => {
    const backbone = await open(write('fixed', layers(16)));
    expect(backbone.size).toEqual([16, 16]);
    backbone.dispose();
  });

  it('refuses what it cannot use, and keeps nothing', async () => {
    const before = ops.memory().tensors;
    const own = write('refused', layers(null));
    expect(await refusal(own, { layer: 'none' })).toBe('pretrained/tfjs-layer');
    expect(await refusal(write('flat', layers(2, false)))).toBe('pretrained/tfjs-layer');
    expect(await refusal(own, { weights: './other.json' })).toBe('pretrained/weights-missing');
    const json = (change: object) => write('changed', { ...layers(null), ...change });
    expect(await refusal(json({ modelTopology: {} }))).toBe('pretrained/tfjs-file');
    expect(await refusal(json({ modelTopology: null }))).toBe('pretrained/tfjs-file');
    expect(await refusal(json({ weightsManifest: [{ paths: ['none.bin'], weights: [] }] }))).toBe(
      'pretrained/tfjs-file',
    );
    expect(await refusal(json({ weightsManifest: [{ paths: ['b.bin'], weights: specs }] }))).toBe(
      'pretrained/tfjs-file',
    );
    expect(ops.memory().tensors).toBe(before);
  });

  it('reads no weights from outside the folder of the model, by name or by link', async () => {
    writeFileSync(join(folder, 'outside.bin'), bytes);
    const manifest = (path: string) => ({ weightsManifest: [{ paths: [path], weights: specs }] });
    for (const path of ['../outside.bin', join(folder, 'outside.bin'), 'link.bin']) {
      const own = write('outside', { ...layers(null), ...manifest(path) });
      if (path === 'link.bin') symlinkSync('../outside.bin', join(own, 'link.bin'));
      expect(await refusal(own), path).toMatch(/^pretrained\/tfjs-(outside|file)$/);
    }
  });
};
