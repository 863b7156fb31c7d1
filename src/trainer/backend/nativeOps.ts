import * as tf from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js';
import { createGeneralOps, rank4 } from './generalOps';
import { tidy } from './kept';
import type { Ops, PoolWindow, Recorder, Shape, Tensor, Window } from './types';

type Attribute = { name: string; type: number; value: unknown };

/**
 * TensorFlow's own operations called by name: the fused kernels and gradients the library's
 * general operations would spell out in many passes over memory.
 */
export const createNativeOps = (backend: NodeJSKernelBackend, recorder: Recorder): Ops => {
  const { binding } = backend;
  const ints = (name: string, value: number[]): Attribute => ({
    name,
    type: binding.TF_ATTR_INT,
    value,
  });
  const text = (name: string, value: string): Attribute => ({
    name,
    type: binding.TF_ATTR_STRING,
    value,
  });
  const flag = (name: string, value: boolean): Attribute => ({
    name,
    type: binding.TF_ATTR_BOOL,
    value,
  });
  const real = (name: string, value: number): Attribute => ({
    name,
    type: binding.TF_ATTR_FLOAT,
    value,
  });

  /** Types that TensorFlow would find out by itself here, but not in a recorded graph. */
  const float = (name: string): Attribute => ({
    name,
    type: binding.TF_ATTR_TYPE,
    value: binding.TF_FLOAT,
  });
  const many = (name: string, attributes: Attribute[], inputs: Tensor[], outputs: number) =>
    backend.executeMultipleOutputs(
      name,
      [
        float('T'),
        ...(name.startsWith('FusedBatchNorm') ? [float('U')] : []),
        ...attributes,
      ] as never,
      inputs,
      outputs,
    );
  const one = (name: string, attributes: Attribute[], inputs: Tensor[]): Tensor => {
    const [output] = many(name, attributes, inputs, 1);
    if (output === undefined) throw new Error(`${name} gave nothing`);
    return output;
  };

  const convolution = ({ stride, padding }: Window): Attribute[] => [
    ints('strides', [1, stride, stride, 1]),
    text('padding', padding.toUpperCase()),
  ];
  const pooling = ({ size, stride, padding }: PoolWindow): Attribute[] => [
    ints('ksize', [1, size, size, 1]),
    ints('strides', [1, stride, stride, 1]),
    text('padding', padding.toUpperCase()),
  ];
  const shapeTensor = (shape: Shape) => tf.tensor1d([...shape], 'int32');

  /** Fused batch norm wants four axes; a matrix [N, C] becomes [N, 1, 1, C]. */
  const as4d = (x: Tensor): Tensor =>
    x.rank === 4 ? x : tf.reshape(x, [x.size / (x.shape.at(-1) ?? 1), 1, 1, x.shape.at(-1) ?? 1]);
  const asBefore = (y: Tensor, shape: Shape): Tensor =>
    shape.length === 4 ? y : tf.reshape(y, [...shape]);

  /**
   * Filter gradient [C, F] of a 1×1 convolution with a stride: the product over the pixels it
   * reads. TensorFlow 2.21 writes past its buffers there (oneDNN; channels not a multiple of 16,
   * batch sizes that change), so its own kernel is not called.
   */
  const stridedPointwise = (x: Tensor, dy: Tensor, stride: number): Tensor => {
    const read = one('MaxPool', pooling({ size: 1, stride, padding: 'valid' }), [x]);
    const rows = (t: Tensor): Tensor => tf.reshape(t, [-1, t.shape.at(-1) ?? 1]);
    const transposed = [flag('transpose_a', true), flag('transpose_b', false)];
    return one('MatMul', transposed, [rows(read), rows(dy)]);
  };

  const general = createGeneralOps();
  return {
    ...general,
    recorder,
    relu: (x) => one('Relu', [], [x]),
    reluGrad: (dy, y) => one('ReluGrad', [], [dy, y]),
    softplus: (x) => one('Softplus', [], [x]),
    logSoftmax: (logits) => one('LogSoftmax', [], [logits]),

    matMul: (a, b, transpose) =>
      one(
        'MatMul',
        [flag('transpose_a', transpose?.a ?? false), flag('transpose_b', transpose?.b ?? false)],
        [a, b],
      ),
    conv2d: (x, filter, window) => one('Conv2D', convolution(window), [x, filter]),
    convBiasActivation: (x, filter, bias, { depthwise, activation, ...window }) => {
      const name = depthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
      return tidy(() => {
        const y = one('BiasAdd', [], [one(name, convolution(window), [x, filter]), bias]);
        if (activation === 'none') return y;
        return one(activation === 'relu' ? 'Relu' : 'Relu6', [], [y]);
      });
    },
    conv2dInputGrad: (xShape, dy, filter, window) =>
      tidy(() =>
        one('Conv2DBackpropInput', convolution(window), [shapeTensor(xShape), filter, dy]),
      ),
    conv2dFilterGrad: (x, dy, filterShape, window) =>
      tidy(() => {
        const [height, width, channels = 1, filters = 1] = filterShape;
        if (height !== 1 || width !== 1 || window.stride === 1)
          return one('Conv2DBackpropFilter', convolution(window), [
            x,
            shapeTensor(filterShape),
            dy,
          ]);
        return tf.reshape(stridedPointwise(x, dy, window.stride), [1, 1, channels, filters]);
      }),

    batchNormTrain: (x, gamma, beta, epsilon) =>
      tidy(() => {
        const empty = tf.zeros([0]);
        const [y, mean, , savedMean, savedVariance, extra] = many(
          'FusedBatchNormV3',
          [real('epsilon', epsilon), text('data_format', 'NHWC'), flag('is_training', true)],
          [as4d(x), gamma, beta, empty, empty],
          6,
        );
        if (!y || !mean || !savedMean || !savedVariance || !extra)
          throw new Error('FusedBatchNormV3 gave too little');
        // The second output has Bessel's correction; the saved one, on a CPU, is the biased variance.
        return {
          y: asBefore(y, x.shape),
          mean,
          variance: tf.clone(savedVariance),
          saved: { x, tensors: [savedMean, savedVariance, extra] },
        };
      }),
    batchNormGrad: (dy, saved, gamma, epsilon) =>
      tidy(() => {
        const [dx, dGamma, dBeta] = many(
          'FusedBatchNormGradV3',
          [real('epsilon', epsilon), text('data_format', 'NHWC'), flag('is_training', true)],
          [as4d(dy), as4d(saved.x), gamma, ...saved.tensors],
          5,
        );
        if (!dx || !dGamma || !dBeta) throw new Error('FusedBatchNormGradV3 gave too little');
        return { dx: asBefore(dx, saved.x.shape), dGamma, dBeta };
      }),
    batchNormInfer: (x, { gamma, beta, mean, variance }, epsilon) =>
      tidy(() => {
        const [y] = many(
          'FusedBatchNormV3',
          [real('epsilon', epsilon), text('data_format', 'NHWC'), flag('is_training', false)],
          [as4d(x), gamma, beta, mean, variance],
          6,
        );
        if (!y) throw new Error('FusedBatchNormV3 gave nothing');
        return asBefore(y, x.shape);
      }),
    maxPool: (x, window) => one('MaxPool', pooling(window), [x]),
    maxPoolGrad: (dy, x, y, window) => one('MaxPoolGrad', pooling(window), [x, y, dy]),
    softmaxCrossEntropy: (logits, targets) =>
      tidy(() => {
        const [perExample, gradient] = many(
          'SoftmaxCrossEntropyWithLogits',
          [],
          [logits, targets],
          2,
        );
        if (!perExample || !gradient)
          throw new Error('SoftmaxCrossEntropyWithLogits gave too little');
        // TensorFlow's gradient p − t holds for rows that sum to one; the rest is p·(Σt − 1).
        const excess = tf.sub(tf.sum(targets, -1, true), 1);
        const dLogits = tf.add(gradient, tf.mul(tf.add(gradient, targets), excess));
        return { perExample, dLogits };
      }),
    globalAveragePoolGrad: (dy, xShape) =>
      tidy(() => {
        const [batch, height, width, channels] = rank4(xShape);
        const share = tf.reshape(tf.div(dy, height * width), [batch, 1, 1, channels]);
        return one('BroadcastTo', [], [share, shapeTensor(xShape)]);
      }),
  };
};
