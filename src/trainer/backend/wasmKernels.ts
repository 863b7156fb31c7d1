import * as tf from '@tensorflow/tfjs-core';
import type {
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropInputAttrs,
  KernelConfig,
  NamedAttrMap,
  Tensor4D,
} from '@tensorflow/tfjs-core';
import { tidy } from './kept';
import { kernel, rank4 } from './generalOps';

/** Pads (or cuts, where negative) an axis pair before and after. */
const fit = (x: Tensor4D, before: [number, number], after: [number, number]): Tensor4D => {
  const padded = tf.pad(x, [
    [0, 0],
    [before[0], Math.max(0, after[0])],
    [before[1], Math.max(0, after[1])],
    [0, 0],
  ]);
  const [batch, height, width, channels] = padded.shape;
  return after[0] >= 0 && after[1] >= 0
    ? padded
    : tf.slice(
        padded,
        [0, 0, 0, 0],
        [batch, height + Math.min(0, after[0]), width + Math.min(0, after[1]), channels],
      );
};

/** Every stride-th row and column from the first on: [B,H,W,C] → [B,⌈H/stride⌉,⌈W/stride⌉,C]. */
const thinned = (x: Tensor4D, rows: number, columns: number): Tensor4D => {
  const [batch, height, width, channels] = x.shape;
  const [down, across] = [Math.ceil(height / rows), Math.ceil(width / columns)];
  const whole = fit(x, [0, 0], [down * rows - height, across * columns - width]);
  // As matrices, whose slices copy line by line.
  const line = across * columns * channels;
  const lines = tf.slice2d(tf.reshape(whole, [batch * down, rows * line]), [0, 0], [-1, line]);
  const cells = tf.reshape<tf.Rank.R2>(lines, [batch * down * across, columns * channels]);
  return tf.reshape(tf.slice2d(cells, [0, 0], [-1, channels]), [batch, down, across, channels]);
};

/**
 * The gradient of a convolution for its filter, which the WebAssembly backend lacks, as a forward
 * convolution: batch and channels change places, the outer gradient is the filter and the stride
 * becomes its dilation. dw[i,j,c,f] = Σ_{b,p,q} x[b, s·p + i, s·q + j, c] · dy[b,p,q,f].
 */
const filterGradient = (x: Tensor4D, dy: Tensor4D, attributes: Conv2DBackpropFilterAttrs) =>
  tidy(() => {
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attributes;
    const format = tf.backend_util.convertConv2DDataFormat(dataFormat);
    const info = tf.backend_util.computeConv2DInfo(
      rank4(x.shape),
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
      false,
      format,
    );
    const { outHeight, outWidth, strideHeight, strideWidth } = info;
    const { top, left } = info.padInfo;
    // A 1×1 filter looks at no neighbours: what it skips need not be there at all.
    const single = info.filterHeight === 1 && info.filterWidth === 1;
    // How much of the (padded) input the filter touched: a stride may leave a rest.
    const usedHeight = (outHeight - 1) * strideHeight + info.filterHeight;
    const usedWidth = (outWidth - 1) * strideWidth + info.filterWidth;
    const used = single
      ? thinned(x, strideHeight, strideWidth)
      : fit(x, [top, left], [usedHeight - info.inHeight - top, usedWidth - info.inWidth - left]);
    const dilations = single ? 1 : [strideHeight, strideWidth];
    const gradient = kernel(
      tf.Conv2D,
      { x: tf.transpose(used, [3, 1, 2, 0]), filter: tf.transpose(dy, [1, 2, 0, 3]) },
      {
        ...{ strides: 1, pad: 'valid', dataFormat: 'NHWC', dilations },
        dimRoundingMode: undefined,
      },
    );
    return tf.transpose(gradient, [1, 2, 0, 3]);
  });

/** Puts stride − 1 zeros after every row and column: [B,H,W,C] → [B, H·stride, W·stride, C]. */
const spread = (x: Tensor4D, rows: number, columns: number): Tensor4D => {
  const [batch, height, width, channels] = x.shape;
  const wide = tf.pad(tf.reshape<tf.Rank.R2>(x, [batch * height * width, channels]), [
    [0, 0],
    [0, (columns - 1) * channels],
  ]);
  const line = width * columns * channels;
  const tall = tf.pad(tf.reshape<tf.Rank.R2>(wide, [batch * height, line]), [
    [0, 0],
    [0, (rows - 1) * line],
  ]);
  return tf.reshape(tall, [batch, height * rows, width * columns, channels]);
};

/**
 * The gradient of a convolution for its input, as a forward convolution of stride 1 with the filter
 * turned round, over the outer gradient spread out by the stride: the backend's own kernel is a
 * plain loop, its forward convolution is not.
 */
const inputGradient = (dy: Tensor4D, filter: Tensor4D, attributes: Conv2DBackpropInputAttrs) =>
  tidy(() => {
    const { strides, pad, dataFormat, dimRoundingMode, inputShape } = attributes;
    const format = tf.backend_util.convertConv2DDataFormat(dataFormat);
    const info = tf.backend_util.computeConv2DInfo(
      inputShape,
      rank4(filter.shape),
      strides,
      1,
      pad,
      dimRoundingMode,
      false,
      format,
    );
    const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
    const before: [number, number] = [
      filterHeight - 1 - info.padInfo.top,
      filterWidth - 1 - info.padInfo.left,
    ];
    const after: [number, number] = [
      info.inHeight + filterHeight - 1 - before[0] - info.outHeight * strideHeight,
      info.inWidth + filterWidth - 1 - before[1] - info.outWidth * strideWidth,
    ];
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    const convolve = (x: Tensor4D): Tensor4D => tf.conv2d(x, turned, 1, 'valid');
    // A 1×1 filter looks at no neighbours: the zeros can come after it.
    if (filterHeight === 1 && filterWidth === 1)
      return fit(spread(convolve(dy), strideHeight, strideWidth), before, after);
    const wide =
      strideHeight === 1 && strideWidth === 1 ? dy : spread(dy, strideHeight, strideWidth);
    return convolve(fit(wide, before, after));
  });

/**
 * Kernels to register for the WebAssembly backend. The tensors come straight from the engine and
 * go straight through: wrapping their handles again would leak them.
 */
export const wasmKernels: readonly KernelConfig[] = [
  {
    kernelName: tf.Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) =>
      filterGradient(
        inputs['x'] as Tensor4D,
        inputs['dy'] as Tensor4D,
        attrs as NamedAttrMap & Conv2DBackpropFilterAttrs,
      ),
  },
  {
    kernelName: tf.Conv2DBackpropInput,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) =>
      inputGradient(
        inputs['dy'] as Tensor4D,
        inputs['filter'] as Tensor4D,
        attrs as NamedAttrMap & Conv2DBackpropInputAttrs,
      ),
  },
];
