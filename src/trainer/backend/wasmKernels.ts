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
    const { top, left } = info.padInfo;
    // How much of the (padded) input the filter touched: a stride may leave a rest.
    const usedHeight = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
    const usedWidth = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
    const used = fit(
      x,
      [top, left],
      [usedHeight - info.inHeight - top, usedWidth - info.inWidth - left],
    );
    const gradient = kernel(
      tf.Conv2D,
      { x: tf.transpose(used, [3, 1, 2, 0]), filter: tf.transpose(dy, [1, 2, 0, 3]) },
      {
        strides: 1,
        pad: 'valid',
        dataFormat: 'NHWC',
        dilations: [info.strideHeight, info.strideWidth],
        dimRoundingMode: undefined,
      },
    );
    return tf.transpose(gradient, [1, 2, 0, 3]);
  });

/**
 * The gradient of a convolution of stride 1 for its input, as a forward convolution with the
 * filter turned round: the backend's own kernel is a plain loop, its forward convolution is not.
 */
const inputGradient = (dy: Tensor4D, filter: Tensor4D, attributes: Conv2DBackpropInputAttrs) =>
  tidy(() => {
    const { pad, dataFormat, dimRoundingMode, inputShape } = attributes;
    const format = tf.backend_util.convertConv2DDataFormat(dataFormat);
    const info = tf.backend_util.computeConv2DInfo(
      inputShape,
      rank4(filter.shape),
      1,
      1,
      pad,
      dimRoundingMode,
      false,
      format,
    );
    const before: [number, number] = [
      info.filterHeight - 1 - info.padInfo.top,
      info.filterWidth - 1 - info.padInfo.left,
    ];
    const padded = fit(dy, before, [
      info.inHeight - info.outHeight + info.padInfo.top,
      info.inWidth - info.outWidth + info.padInfo.left,
    ]);
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    return kernel(
      tf.Conv2D,
      { x: padded, filter: turned },
      { strides: 1, pad: 'valid', dataFormat: 'NHWC', dilations: 1, dimRoundingMode: undefined },
    );
  });

const isOne = (strides: number | [number, number]): boolean =>
  typeof strides === 'number' ? strides === 1 : strides[0] === 1 && strides[1] === 1;

/**
 * Kernels to register for the WebAssembly backend. The tensors come straight from the engine and
 * go straight through: wrapping their handles again would leak them.
 * @param own the backend's own kernel for the input gradient, for strides other than 1.
 */
export const wasmKernels = (own: KernelConfig): KernelConfig[] => [
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
    // Its set-up, which readies the backend's own kernel, still has to run.
    ...own,
    kernelFunc: (call) => {
      const attributes = call.attrs as NamedAttrMap & Conv2DBackpropInputAttrs;
      return isOne(attributes.strides)
        ? inputGradient(
            call.inputs['dy'] as Tensor4D,
            call.inputs['filter'] as Tensor4D,
            attributes,
          )
        : own.kernelFunc(call);
    },
  },
];
