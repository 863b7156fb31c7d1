import { beforeAll, expect, it } from 'vitest';
import type { Random } from '../../src/common/random';
import { createRandom } from '../../src/common/random';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendId, Ops, Padding, Shape, Tensor } from '../../src/trainer/backend/types';

const sizeOf = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);
const normals = (random: Random, shape: Shape): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, () => random.nextNormal());

/** Plain float64 arrays with a shape: the reference that every backend is held against. */
interface Reference {
  readonly shape: Shape;
  readonly values: Float64Array;
}
const reference = (shape: Shape, at: (index: number[]) => number): Reference => {
  const values = new Float64Array(sizeOf(shape));
  const index = shape.map(() => 0);
  for (let i = 0; i < values.length; i++) {
    values[i] = at(index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      index[axis] = next < (shape[axis] ?? 0) ? next : 0;
      if (index[axis] !== 0) break;
    }
  }
  return { shape, values };
};
const reader =
  (values: ArrayLike<number>, shape: Shape) =>
  (...index: number[]): number =>
    values[index.reduce((flat, i, axis) => flat * (shape[axis] ?? 1) + i, 0)] ?? NaN;

/** Finite, then close relative to the largest value: float32 sums of a few hundred terms. */
export const expectClose = (
  got: ArrayLike<number>,
  wanted: ArrayLike<number>,
  what: string,
  tolerance = 1e-5,
): void => {
  expect(got.length, what).toBe(wanted.length);
  const scale = Math.max(1e-3, ...Array.from(wanted, Math.abs));
  for (let i = 0; i < wanted.length; i++) {
    expect(Number.isFinite(got[i]), `${what} [${i}] is ${got[i]}`).toBe(true);
    const error = Math.abs((got[i] ?? NaN) - (wanted[i] ?? NaN)) / scale;
    expect(error, `${what} [${i}]: ${got[i]} for ${wanted[i]}`).toBeLessThan(tolerance);
  }
};

/** TensorFlow's padding: nothing, or split with the odd one after. */
const padBefore = (length: number, size: number, stride: number, padding: Padding): number => {
  if (padding === 'valid') return 0;
  const out = Math.ceil(length / stride);
  return Math.floor(Math.max(0, (out - 1) * stride + size - length) / 2);
};
const outLength = (length: number, size: number, stride: number, padding: Padding): number =>
  padding === 'same' ? Math.ceil(length / stride) : Math.floor((length - size) / stride) + 1;

interface ConvCase {
  readonly x: [number, number, number, number];
  readonly filter: [number, number, number, number];
  readonly stride: number;
  readonly padding: Padding;
}
const convCases: ConvCase[] = [
  { x: [2, 6, 6, 3], filter: [3, 3, 3, 4], stride: 1, padding: 'same' },
  { x: [2, 7, 5, 2], filter: [3, 3, 2, 3], stride: 2, padding: 'same' },
  { x: [2, 8, 8, 2], filter: [3, 3, 2, 3], stride: 2, padding: 'same' },
  { x: [2, 6, 6, 3], filter: [1, 1, 3, 5], stride: 2, padding: 'same' },
  // Odd channels and batches of changing size: TensorFlow 2.21's own filter gradient writes past
  // its buffers here.
  { x: [7, 6, 6, 5], filter: [1, 1, 5, 9], stride: 2, padding: 'same' },
  { x: [5, 6, 6, 5], filter: [1, 1, 5, 9], stride: 2, padding: 'same' },
  { x: [3, 7, 7, 17], filter: [1, 1, 17, 3], stride: 2, padding: 'same' },
  { x: [1, 5, 5, 2], filter: [1, 1, 2, 3], stride: 1, padding: 'same' },
  { x: [2, 7, 8, 2], filter: [5, 5, 2, 2], stride: 1, padding: 'valid' },
  { x: [2, 8, 7, 2], filter: [3, 3, 2, 2], stride: 2, padding: 'valid' },
  { x: [1, 9, 6, 1], filter: [2, 2, 1, 2], stride: 3, padding: 'valid' },
];

/** Every term of a convolution: visit(b, p, q, i, j, row, column). */
const overWindows = (
  { x, filter, stride, padding }: ConvCase,
  visit: (b: number, p: number, q: number, i: number, j: number, row: number, col: number) => void,
): void => {
  const [batch, height, width] = x;
  const [rows, columns] = filter;
  const top = padBefore(height, rows, stride, padding);
  const left = padBefore(width, columns, stride, padding);
  for (let b = 0; b < batch; b++)
    for (let p = 0; p < outLength(height, rows, stride, padding); p++)
      for (let q = 0; q < outLength(width, columns, stride, padding); q++)
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) {
            const row = p * stride + i - top;
            const col = q * stride + j - left;
            if (row >= 0 && row < height && col >= 0 && col < width) visit(b, p, q, i, j, row, col);
          }
};

const addTo = (target: Float64Array, shape: Shape, index: number[], value: number): void => {
  const flat = index.reduce((sum, i, axis) => sum * (shape[axis] ?? 1) + i, 0);
  target[flat] = (target[flat] ?? 0) + value;
};

/** One suite for every backend: the same cases against float64 loops written from the definitions. */
export const describeOps = (id: BackendId): void => {
  let started: ReturnType<typeof selectBackend>;
  beforeAll(async () => {
    started = selectBackend(id);
    await started;
  });
  const withOps = (name: string, work: (ops: Ops, random: Random) => void): void => {
    it(name, async () => {
      const { ops } = await started;
      const before = ops.memory().tensors;
      ops.tidy(() => {
        work(ops, createRandom(7, name));
      });
      expect(ops.memory().tensors, 'tensors left behind').toBe(before);
    });
  };
  /** Numbers, tensor and reader of a random array. */
  const draw = (ops: Ops, random: Random, shape: Shape) => {
    const values = normals(random, shape);
    return { values, at: reader(values, shape), tensor: ops.tensor(values, shape) };
  };

  it(`is ${id} and names its versions`, async () => {
    const backend = await started;
    expect(backend.id).toBe(id);
    expect(backend.fallback).toBeNull();
    expect(backend.versions['tfjs']).toMatch(/^\d+\.\d+\.\d+$/);
    expect('tensorflow' in backend.versions).toBe(id === 'native');
  });

  for (const one of convCases) {
    const label = `${one.x.join('×')} * ${one.filter.join('×')} stride ${one.stride} ${one.padding}`;
    withOps(`conv2d and both gradients, ${label}`, (ops, random) => {
      const { x: xShape, filter: filterShape, stride, padding } = one;
      const [batch, height, width, channels] = xShape;
      const [rows, columns, , filters] = filterShape;
      const yShape = [
        batch,
        outLength(height, rows, stride, padding),
        outLength(width, columns, stride, padding),
        filters,
      ];
      const x = draw(ops, random, xShape);
      const w = draw(ops, random, filterShape);
      const dy = draw(ops, random, yShape);
      const y = new Float64Array(sizeOf(yShape));
      const dx = new Float64Array(sizeOf(xShape));
      const dw = new Float64Array(sizeOf(filterShape));
      overWindows(one, (b, p, q, i, j, row, col) => {
        for (let c = 0; c < channels; c++)
          for (let f = 0; f < filters; f++) {
            addTo(y, yShape, [b, p, q, f], x.at(b, row, col, c) * w.at(i, j, c, f));
            addTo(dx, xShape, [b, row, col, c], dy.at(b, p, q, f) * w.at(i, j, c, f));
            addTo(dw, filterShape, [i, j, c, f], dy.at(b, p, q, f) * x.at(b, row, col, c));
          }
      });
      const window = { stride, padding };
      const gotY = ops.conv2d(x.tensor, w.tensor, window);
      expect(gotY.shape).toEqual(yShape);
      expectClose(ops.read(gotY), y, 'y');
      expectClose(ops.read(ops.conv2dInputGrad(xShape, dy.tensor, w.tensor, window)), dx, 'dx');
      expectClose(
        ops.read(ops.conv2dFilterGrad(x.tensor, dy.tensor, filterShape, window)),
        dw,
        'dw',
      );
    });
  }

  for (const shape of [
    [4, 3, 3, 2],
    [6, 5],
  ]) {
    withOps(`batch norm, forward, backward and inference, ${shape.join('×')}`, (ops, random) => {
      const epsilon = 1e-3;
      const channels = shape.at(-1) ?? 1;
      const count = sizeOf(shape) / channels;
      const x = draw(ops, random, shape);
      const dy = draw(ops, random, shape);
      const gamma = draw(ops, random, [channels]);
      const beta = draw(ops, random, [channels]);
      const perChannel = (of: (i: number, c: number) => number): Float64Array => {
        const sums = new Float64Array(channels);
        for (let i = 0; i < x.values.length; i++)
          sums[i % channels] = (sums[i % channels] ?? 0) + of(i, i % channels);
        return sums;
      };
      const v = (a: ArrayLike<number>, i: number): number => a[i] ?? NaN;
      const mean = perChannel((i) => v(x.values, i) / count);
      const variance = perChannel((i, c) => (v(x.values, i) - v(mean, c)) ** 2 / count);
      const normal = (i: number, c: number): number =>
        (v(x.values, i) - v(mean, c)) / Math.sqrt(v(variance, c) + epsilon);
      const dBeta = perChannel((i) => v(dy.values, i));
      const dGamma = perChannel((i, c) => v(dy.values, i) * normal(i, c));
      const each = (of: (i: number, c: number) => number) =>
        Float64Array.from({ length: x.values.length }, (_, i) => of(i, i % channels));
      const y = each((i, c) => v(gamma.values, c) * normal(i, c) + v(beta.values, c));
      const dx = each(
        (i, c) =>
          (v(gamma.values, c) / Math.sqrt(v(variance, c) + epsilon)) *
          (v(dy.values, i) - v(dBeta, c) / count - (normal(i, c) * v(dGamma, c)) / count),
      );
      const got = ops.batchNormTrain(x.tensor, gamma.tensor, beta.tensor, epsilon);
      expect(got.y.shape).toEqual(shape);
      expectClose(ops.read(got.y), y, 'y');
      expectClose(ops.read(got.mean), mean, 'mean');
      expectClose(ops.read(got.variance), variance, 'variance');
      const back = ops.batchNormGrad(dy.tensor, got.saved, gamma.tensor, epsilon);
      expect(back.dx.shape).toEqual(shape);
      expectClose(ops.read(back.dx), dx, 'dx');
      expectClose(ops.read(back.dGamma), dGamma, 'dGamma');
      expectClose(ops.read(back.dBeta), dBeta, 'dBeta');
      const infer = ops.batchNormInfer(
        x.tensor,
        { gamma: gamma.tensor, beta: beta.tensor, mean: got.mean, variance: got.variance },
        epsilon,
      );
      expect(infer.shape).toEqual(shape);
      expectClose(ops.read(infer), y, 'inference with the same statistics');
    });
  }

  withOps('batch norm of many rows far from zero keeps its precision', (ops, random) => {
    const rows = 64 * 14 * 14;
    const values = Float32Array.from(
      { length: rows * 2 },
      (_, i) => (i % 2) * 100 + random.nextNormal(),
    );
    const x = ops.tensor(values, [64, 14, 14, 2]);
    const { mean, variance } = ops.batchNormTrain(x, ops.tensor([1, 1], [2]), ops.zeros([2]), 1e-3);
    const column = [...values].filter((_, i) => i % 2 === 1);
    const m = column.reduce((sum, value) => sum + value, 0) / rows;
    const s = column.reduce((sum, value) => sum + (value - m) ** 2, 0) / rows;
    expect(ops.read(mean).at(1)).toBeCloseTo(m, 3);
    expect(Math.abs((ops.read(variance).at(1) ?? NaN) / s - 1)).toBeLessThan(1e-4);
  });

  withOps(
    'softmax cross-entropy and its gradient, rows that sum to one and rows that do not',
    (ops, random) => {
      const logits = draw(ops, random, [4, 5]);
      const targets = Float32Array.from([
        ...[0, 1, 0, 0, 0],
        ...[0.2, 0.2, 0.2, 0.2, 0.2],
        ...[0, 0, 3, 0, 0],
        ...[0.5, 0, 0, 0, 0.25],
      ]);
      const p = reference([4, 5], ([b = 0, j = 0]) => {
        const row = Array.from({ length: 5 }, (_, k) => Math.exp(logits.at(b, k)));
        return (row[j] ?? NaN) / row.reduce((sum, e) => sum + e, 0);
      });
      const t = reader(targets, [4, 5]);
      const pAt = reader(p.values, [4, 5]);
      const mass = (b: number): number => [0, 1, 2, 3, 4].reduce((sum, j) => sum + t(b, j), 0);
      const loss = reference([4], ([b = 0]) =>
        [0, 1, 2, 3, 4].reduce((sum, j) => sum - t(b, j) * Math.log(pAt(b, j)), 0),
      );
      const gradient = reference([4, 5], ([b = 0, j = 0]) => pAt(b, j) * mass(b) - t(b, j));
      const got = ops.softmaxCrossEntropy(logits.tensor, ops.tensor(targets, [4, 5]));
      expectClose(ops.read(got.perExample), loss.values, 'loss');
      expectClose(ops.read(got.dLogits), gradient.values, 'gradient');
      expectClose(ops.read(ops.softmax(logits.tensor)), p.values, 'softmax');
      expectClose(ops.read(ops.logSoftmax(logits.tensor)), p.values.map(Math.log), 'log softmax');
    },
  );

  withOps('cross-entropy keeps learning past any margin', (ops) => {
    const { perExample, dLogits } = ops.softmaxCrossEntropy(
      ops.tensor([40, 0], [1, 2]),
      ops.tensor([0, 1], [1, 2]),
    );
    expectClose(ops.read(perExample), [40], 'loss');
    expectClose(ops.read(dLogits), [1, -1], 'gradient');
  });

  withOps('matrix products, plain and transposed', (ops, random) => {
    const a = draw(ops, random, [3, 4]);
    const b = draw(ops, random, [4, 2]);
    const product = reference([3, 2], ([i = 0, j = 0]) =>
      [0, 1, 2, 3].reduce((sum, k) => sum + a.at(i, k) * b.at(k, j), 0),
    ).values;
    const aT = ops.transpose(a.tensor, [1, 0]);
    const bT = ops.transpose(b.tensor, [1, 0]);
    expectClose(ops.read(ops.matMul(a.tensor, b.tensor)), product, 'a·b');
    expectClose(ops.read(ops.matMul(aT, b.tensor, { a: true })), product, 'aᵀ·b');
    expectClose(ops.read(ops.matMul(a.tensor, bT, { b: true })), product, 'a·bᵀ');
  });

  withOps('pooling and its gradients', (ops) => {
    const x = ops.tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [1, 4, 4, 1]);
    const window = { size: 2, stride: 2, padding: 'same' } as const;
    const y = ops.maxPool(x, window);
    expect([...ops.read(y)]).toEqual([6, 8, 14, 16]);
    const dx = ops.maxPoolGrad(ops.tensor([1, 2, 3, 4], [1, 2, 2, 1]), x, y, window);
    expect([...ops.read(dx)]).toEqual([0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4]);
    expect([...ops.read(ops.globalAveragePool(x))]).toEqual([8.5]);
    const spread = ops.globalAveragePoolGrad(ops.tensor([32], [1, 1]), [1, 4, 4, 1]);
    expect([...ops.read(spread)]).toEqual(new Array(16).fill(2));
  });

  withOps('elementwise operations', (ops) => {
    const values = [-2, -0.5, 0.5, 3];
    const x = ops.tensor(values, [4]);
    const y = ops.tensor([2, 1, 4, -1], [4]);
    const positive = ops.tensor([0.25, 1, 2, 9], [4]);
    const cases: [string, Tensor, number[]][] = [
      ['add', ops.add(x, y), [0, 0.5, 4.5, 2]],
      ['sub', ops.sub(x, y), [-4, -1.5, -3.5, 4]],
      ['mul', ops.mul(x, y), [-4, -0.5, 2, -3]],
      ['div', ops.div(x, y), [-1, -0.5, 0.125, -3]],
      ['maximum', ops.maximum(x, y), [2, 1, 4, 3]],
      ['minimum', ops.minimum(x, y), [-2, -0.5, 0.5, -1]],
      ['affine', ops.affine(x, 2, 1), [-3, 0, 2, 7]],
      ['affine, scale only', ops.affine(x, 2), [-4, -1, 1, 6]],
      ['affine, offset only', ops.affine(x, 1, 1), [-1, 0.5, 1.5, 4]],
      ['affine, nothing', ops.affine(x, 1), values],
      ['neg', ops.neg(x), [2, 0.5, -0.5, -3]],
      ['abs', ops.abs(x), [2, 0.5, 0.5, 3]],
      ['square', ops.square(x), [4, 0.25, 0.25, 9]],
      ['exp', ops.exp(x), values.map(Math.exp)],
      ['log', ops.log(positive), [0.25, 1, 2, 9].map(Math.log)],
      ['sqrt', ops.sqrt(positive), [0.5, 1, Math.SQRT2, 3]],
      ['sigmoid', ops.sigmoid(x), values.map((v) => 1 / (1 + Math.exp(-v)))],
      ['softplus', ops.softplus(x), values.map((v) => Math.log1p(Math.exp(v)))],
      ['relu', ops.relu(x), [0, 0, 0.5, 3]],
      ['reluGrad', ops.reluGrad(y, ops.relu(x)), [0, 0, 4, -1]],
      [
        'broadcast',
        ops.add(ops.reshape(x, [2, 2]), ops.tensor([10, 20], [2])),
        [8, 19.5, 10.5, 23],
      ],
    ];
    for (const [name, got, wanted] of cases) expectClose(ops.read(got), wanted, name);
    const ends = ops.read(ops.softplus(ops.tensor([-200, 200], [2])));
    expectClose(ends, [0, 200], 'softplus at the ends');
  });

  withOps('reductions and shapes', (ops) => {
    const x = ops.tensor([1, 2, 3, 4, 5, 6], [2, 3]);
    const cases: [string, Tensor, number[], number[]][] = [
      ['sum', ops.sum(x), [21], []],
      ['sum over rows', ops.sum(x, [0]), [5, 7, 9], [3]],
      ['mean, kept', ops.mean(x, [1], true), [2, 5], [2, 1]],
      ['max', ops.max(x, [1]), [3, 6], [2]],
      ['reshape', ops.reshape(x, [3, 2]), [1, 2, 3, 4, 5, 6], [3, 2]],
      ['transpose', ops.transpose(x, [1, 0]), [1, 4, 2, 5, 3, 6], [3, 2]],
      ['slice', ops.slice(x, [0, 1], [2, 2]), [2, 3, 5, 6], [2, 2]],
      ['concat', ops.concat([x, x], 1), [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6], [2, 6]],
      [
        'gatherRows',
        ops.gatherRows(x, Int32Array.of(1, 0, 1)),
        [4, 5, 6, 1, 2, 3, 4, 5, 6],
        [3, 3],
      ],
    ];
    for (const [name, got, wanted, shape] of cases) {
      expect(got.shape, name).toEqual(shape);
      expect([...ops.read(got)], name).toEqual(wanted);
    }
  });

  // w = 1, v = 0.5, gradient 2, d = 0.1: g = 2.1, v' = 0.9·0.5 + 2.1 = 2.55
  for (const [nesterov, weight] of [
    [false, 1 - 0.01 * 2.55],
    [true, 1 - 0.01 * (2.1 + 0.9 * 2.55)],
  ] as const)
    withOps(`a step of momentum, nesterov ${nesterov}`, (ops) => {
      const one = (value: number): Tensor => ops.tensor([value], [1]);
      const options = { learningRate: 0.01, momentum: 0.9, nesterov, weightDecay: 0.1 };
      const next = ops.momentumStep(one(1), one(0.5), one(2), options);
      expectClose(ops.read(next.velocity), [2.55], 'velocity');
      expectClose(ops.read(next.weight), [weight], 'weight');
    });

  it('tidy keeps what is kept and what is returned, also when the work throws', async () => {
    const { ops } = await started;
    const before = ops.memory().tensors;
    let kept: Tensor | undefined;
    const result = ops.tidy(() => {
      kept = ops.keep(ops.zeros([1]));
      ops.zeros([2]);
      return { list: [ops.zeros([3])], map: new Map([['a', ops.zeros([4])]]), number: 1 };
    });
    expect(ops.memory().tensors).toBe(before + 3);
    expect(() =>
      ops.tidy(() => {
        ops.zeros([5]);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(ops.memory().tensors).toBe(before + 3);
    if (kept) ops.dispose(kept);
    ops.dispose(...result.list, ...result.map.values());
    expect(ops.memory().tensors).toBe(before);
  });
};
