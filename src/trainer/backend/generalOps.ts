import * as tf from '@tensorflow/tfjs-core';
import { tidy } from './kept';
import type { Ops, PoolWindow, Shape, Tensor, Window } from './types';

type Rank4 = [number, number, number, number];

/** The shape as the four numbers the library's types ask for. */
export const rank4 = (shape: Shape): Rank4 => {
  const [a, b, c, d] = shape;
  if (a === undefined || b === undefined || c === undefined || d === undefined)
    throw new RangeError(`expected four axes, got [${shape.join(', ')}]`);
  return [a, b, c, d];
};

/** Runs a kernel of the current backend by name. */
export const kernel = (
  name: string,
  inputs: Record<string, Tensor>,
  attributes: object,
): Tensor => {
  const out = tf.engine().runKernel<Tensor | Tensor[]>(name, inputs, { ...attributes });
  if (Array.isArray(out)) throw new TypeError(`${name} gave more than one tensor`);
  return out;
};

/** Mean of an [N, C] matrix over its rows. */
const plainColumnMeans = (matrix: Tensor): Tensor => tf.mean(matrix, 0);

const rowsOf = (x: Tensor): number => x.size / (x.shape.at(-1) ?? 1);

const asMatrix = (x: Tensor): Tensor => tf.reshape(x, [rowsOf(x), x.shape.at(-1) ?? 1]);

/** The operations every backend has, from the library's own. Backends replace what they do better. */
export const createGeneralOps = (columnMeans = plainColumnMeans): Ops => {
  const channelMeans = (x: Tensor): Tensor => columnMeans(asMatrix(x));
  const ops: Ops = {
    tensor: (values, shape) => tf.tensor(values, [...shape], 'float32'),
    zeros: (shape) => tf.zeros([...shape]),
    read: (tensor) => Float32Array.from(tensor.dataSync<'float32'>()),
    dispose: (...tensors) => {
      for (const tensor of tensors) tensor.dispose();
    },
    tidy,
    keep: (tensor) => tf.keep(tensor),
    memory: () => {
      const { numTensors, numBytes } = tf.memory();
      return { tensors: numTensors, bytes: numBytes };
    },
    recorder: null,
    partner: null,

    add: (a, b) => tf.add(a, b),
    sub: (a, b) => tf.sub(a, b),
    mul: (a, b) => tf.mul(a, b),
    div: (a, b) => tf.div(a, b),
    maximum: (a, b) => tf.maximum(a, b),
    minimum: (a, b) => tf.minimum(a, b),
    affine: (x, a, b = 0) =>
      tidy(() => {
        const scaled = a === 1 ? x : tf.mul(x, a);
        return b === 0 && a !== 1 ? scaled : tf.add(scaled, b);
      }),
    neg: (x) => tf.neg(x),
    exp: (x) => tf.exp(x),
    log: (x) => tf.log(x),
    sqrt: (x) => tf.sqrt(x),
    square: (x) => tf.square(x),
    abs: (x) => tf.abs(x),
    sigmoid: (x) => tf.sigmoid(x),
    softplus: (x) => tidy(() => tf.add(tf.relu(x), tf.log(tf.add(tf.exp(tf.neg(tf.abs(x))), 1)))),
    relu: (x) => tf.relu(x),
    reluGrad: (dy, y) => tidy(() => tf.mul(dy, tf.step(y))),

    sum: (x, axes, keepDims) => tf.sum(x, axes && [...axes], keepDims),
    mean: (x, axes, keepDims) => tf.mean(x, axes && [...axes], keepDims),
    max: (x, axes, keepDims) => tf.max(x, axes && [...axes], keepDims),

    reshape: (x, shape) => tf.reshape(x, [...shape]),
    transpose: (x, permutation) => tf.transpose(x, [...permutation]),
    slice: (x, begin, size) => tf.slice(x, [...begin], [...size]),
    concat: (tensors, axis) => tf.concat([...tensors], axis),
    gatherRows: (x, rows) => tidy(() => tf.gather(x, tf.tensor1d(rows, 'int32'))),

    matMul: (a, b, transpose) => tf.matMul(a, b, transpose?.a ?? false, transpose?.b ?? false),
    conv2d: (x, filter, window) =>
      kernel(tf.Conv2D, { x, filter }, { ...convolution(window), dilations: 1 }),
    conv2dInputGrad: (xShape, dy, filter, window) =>
      kernel(
        tf.Conv2DBackpropInput,
        { dy, filter },
        { ...convolution(window), inputShape: rank4(xShape) },
      ),
    conv2dFilterGrad: (x, dy, filterShape, window) =>
      kernel(
        tf.Conv2DBackpropFilter,
        { x, dy },
        { ...convolution(window), filterShape: rank4(filterShape) },
      ),
    convBiasActivation: (x, filter, bias, { depthwise, activation, ...window }) =>
      kernel(
        depthwise ? tf.FusedDepthwiseConv2D : tf.FusedConv2D,
        { x, filter, bias },
        {
          ...{ ...convolution(window), dilations: 1 },
          activation: activation === 'none' ? 'linear' : activation,
        },
      ),
    padImage: (x, zeros) => {
      const sides: [number, number] = [zeros, zeros];
      return tf.pad(x, [[0, 0], sides, sides, [0, 0]]);
    },

    batchNormTrain: (x, gamma, beta, epsilon) =>
      tidy(() => {
        const mean = channelMeans(x);
        const centred = tf.sub(x, mean);
        const variance = channelMeans(tf.square(centred));
        const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
        const y = tf.add(tf.mul(centred, scale), beta);
        return { y, mean, variance, saved: { x, tensors: [centred, tf.clone(variance)] } };
      }),
    batchNormGrad: (dy, saved, gamma, epsilon) =>
      tidy(() => {
        const [centred, variance] = saved.tensors;
        if (centred === undefined || variance === undefined) throw new RangeError('no statistics');
        const count = rowsOf(dy);
        const inverse = tf.rsqrt(tf.add(variance, epsilon));
        const meanDy = channelMeans(dy);
        const meanProduct = channelMeans(tf.mul(dy, centred));
        // dx = γ/σ · (dy − mean(dy) − (x − μ)/σ² · mean(dy · (x − μ))), Ioffe and Szegedy 2015, 3
        const scale = tf.mul(gamma, inverse);
        const slope = tf.mul(scale, tf.mul(meanProduct, tf.square(inverse)));
        const straight = tf.sub(tf.mul(dy, scale), tf.mul(meanDy, scale));
        return {
          dx: tf.sub(straight, tf.mul(centred, slope)),
          dGamma: tf.mul(tf.mul(meanProduct, inverse), count),
          dBeta: tf.mul(meanDy, count),
        };
      }),
    batchNormInfer: (x, { gamma, beta, mean, variance }, epsilon) =>
      tidy(() => {
        const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
        return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(mean, scale)));
      }),
    globalAveragePool: (x) => tf.mean(x, [1, 2]),
    globalAveragePoolGrad: (dy, xShape) =>
      tidy(() => {
        const [batch, height, width, channels] = rank4(xShape);
        const share = tf.reshape(tf.div(dy, height * width), [batch, 1, 1, channels]);
        return tf.mul(share, tf.ones([batch, height, width, channels]));
      }),
    maxPool: (x, window) => kernel(tf.MaxPool, { x }, pooling(window)),
    maxPoolGrad: (dy, x, y, window) =>
      kernel(tf.MaxPoolGrad, { dy, input: x, output: y }, pooling(window)),
    softmax: (logits) => tf.softmax(logits),
    logSoftmax: (logits) => tidy(() => logSoftmaxOf(logits)),
    softmaxCrossEntropy: (logits, targets) =>
      tidy(() => {
        const log = logSoftmaxOf(logits);
        const perExample = tf.neg(tf.sum(tf.mul(targets, log), -1));
        const mass = tf.sum(targets, -1, true);
        return { perExample, dLogits: tf.sub(tf.mul(tf.exp(log), mass), targets) };
      }),

    momentumStep: (weight, velocity, gradient, step) =>
      tidy(() => {
        const g =
          step.weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, step.weightDecay));
        const v = tf.add(tf.mul(velocity, step.momentum), g);
        const direction = step.nesterov ? tf.add(g, tf.mul(v, step.momentum)) : v;
        return { weight: tf.sub(weight, tf.mul(direction, step.learningRate)), velocity: v };
      }),
  };
  return ops;
};

const convolution = ({ stride, padding }: Window) => ({
  strides: stride,
  pad: padding,
  dataFormat: 'NHWC' as const,
  dimRoundingMode: undefined,
});

const pooling = ({ size, stride, padding }: PoolWindow) => ({
  filterSize: size,
  strides: stride,
  pad: padding,
  dimRoundingMode: undefined,
});

const logSoftmaxOf = (logits: Tensor): Tensor => {
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
};
