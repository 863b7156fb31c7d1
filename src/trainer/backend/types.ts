import type { Tensor as LibraryTensor } from '@tensorflow/tfjs-core';
import type { Message } from '../../common/errors';
import type { Partner } from './partner';

/**
 * An array of float32 numbers held by a backend. Outside `backend/` only `shape` is looked at; all
 * arithmetic goes through `Ops`. A tensor is freed by `Ops.dispose`, or by the `Ops.tidy` it was
 * made in.
 */
export type Tensor = LibraryTensor;
export type Shape = readonly number[];

export type BackendId = 'native' | 'wasm' | 'cpu';
export type BackendChoice = BackendId | 'auto';

/** What came out of the choice of a backend; written into every report. */
export interface Backend {
  readonly id: BackendId;
  readonly ops: Ops;
  /** Library versions, for instance `{tfjs: '4.22.0', tensorflow: '2.21.0'}`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Why a better backend than this one was not used; null where the best one runs. */
  readonly fallback: Message | null;
}

export type Padding = 'same' | 'valid';

/** Strides and padding of a convolution or pooling, the same in both directions. */
export interface Window {
  readonly stride: number;
  readonly padding: Padding;
}

/** A convolution with what follows it in a frozen network. */
export interface FusedConv extends Window {
  /** One filter a channel: [h,w,C,1] instead of [h,w,C,F]. */
  readonly depthwise: boolean;
  readonly activation: 'none' | 'relu' | 'relu6';
}

export interface PoolWindow extends Window {
  readonly size: number;
}

/** What the backward pass of a batch normalisation needs. Freed with the forward pass. */
export interface BatchNormSaved {
  readonly x: Tensor;
  /** Batch mean and what the backend wants to see again, in its own form. */
  readonly tensors: readonly Tensor[];
}

export interface BatchNormResult {
  readonly y: Tensor;
  /** Batch mean, [C]. */
  readonly mean: Tensor;
  /** Biased batch variance (divided by the count), [C], as Keras moves it. */
  readonly variance: Tensor;
  readonly saved: BatchNormSaved;
}

export interface MomentumStep {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** d: adds d·w to the gradient, as PyTorch's `weight_decay` does. */
  readonly weightDecay: number;
}

/** One output of an operation in a recording. */
export interface Recorded {
  readonly node: number;
  readonly index: number;
}

/** Operations noted while they ran. They run again as one graph, in which TensorFlow fuses them. */
export interface Recording {
  /** Where the recording is now: the number of nodes so far, of which the inputs are the first. */
  place(): number;
  /** What was there before the place and is needed, from it on, to make the outputs. */
  needs(place: number, outputs: readonly Recorded[]): readonly Recorded[];
  /**
   * The recorded way from some tensors to others, as a function of tensors of the same shapes in
   * the same order. The caller frees what it gives.
   */
  callable(
    from: readonly Recorded[],
    to: readonly Recorded[],
  ): (tensors: readonly Tensor[]) => readonly Tensor[];
  /** Frees the graph. */
  dispose(): void;
}

export interface Recorder {
  /**
   * Runs the work and notes its operations. Tensors from outside that they look at must be named in
   * `inputs`; every other number becomes a constant, so the work must not depend on numbers that
   * change, and read nothing back. `recorded` finds a tensor in the recording.
   */
  record<T>(
    inputs: readonly Tensor[],
    work: (recorded: (tensor: Tensor) => Recorded, recording: Recording) => T,
  ): { readonly recording: Recording; readonly result: T };
}

/**
 * The operations training needs, the same on every backend: NHWC, float32. Every function gives
 * new tensors and frees none of its arguments. Binary operations broadcast as numpy does.
 */
export interface Ops {
  // Making, reading, freeing
  tensor(values: Float32Array | readonly number[], shape: Shape): Tensor;
  zeros(shape: Shape): Tensor;
  /** Values in row-major order; a copy. */
  read(tensor: Tensor): Float32Array;
  dispose(...tensors: readonly Tensor[]): void;
  /**
   * Runs the function and frees every tensor it made, but those it kept and those in its result: a
   * tensor, or any nesting of arrays, maps and plain objects.
   */
  tidy<T>(work: () => T): T;
  /** Takes a tensor out of the running `tidy`. */
  keep(tensor: Tensor): Tensor;
  memory(): { readonly tensors: number; readonly bytes: number };
  /** Makes many operations one; null where the backend has no graphs. */
  readonly recorder: Recorder | null;
  /** A second thread for half of a batch; null where the backend has none or threads of its own. */
  readonly partner: Partner | null;

  // Elementwise
  add(a: Tensor, b: Tensor): Tensor;
  sub(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor): Tensor;
  div(a: Tensor, b: Tensor): Tensor;
  maximum(a: Tensor, b: Tensor): Tensor;
  minimum(a: Tensor, b: Tensor): Tensor;
  /** a·x + b for two numbers. */
  affine(x: Tensor, a: number, b?: number): Tensor;
  neg(x: Tensor): Tensor;
  exp(x: Tensor): Tensor;
  log(x: Tensor): Tensor;
  sqrt(x: Tensor): Tensor;
  square(x: Tensor): Tensor;
  abs(x: Tensor): Tensor;
  sigmoid(x: Tensor): Tensor;
  /** log(1 + e^x), safe at both ends. */
  softplus(x: Tensor): Tensor;
  relu(x: Tensor): Tensor;
  /** dx of y = relu(x): dy where y > 0, else 0. */
  reluGrad(dy: Tensor, y: Tensor): Tensor;

  // Reductions over the axes given, all when absent
  sum(x: Tensor, axes?: readonly number[], keepDims?: boolean): Tensor;
  mean(x: Tensor, axes?: readonly number[], keepDims?: boolean): Tensor;
  max(x: Tensor, axes?: readonly number[], keepDims?: boolean): Tensor;

  // Shape
  reshape(x: Tensor, shape: Shape): Tensor;
  transpose(x: Tensor, permutation: readonly number[]): Tensor;
  slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor;
  concat(tensors: readonly Tensor[], axis: number): Tensor;
  /** Rows of the first axis, in the order given; a row may repeat. Not differentiated anywhere. */
  gatherRows(x: Tensor, rows: Int32Array): Tensor;

  // Layers
  matMul(a: Tensor, b: Tensor, transpose?: { readonly a?: boolean; readonly b?: boolean }): Tensor;
  /** x [B,H,W,C], filter [h,w,C,F]. */
  conv2d(x: Tensor, filter: Tensor, window: Window): Tensor;
  conv2dInputGrad(xShape: Shape, dy: Tensor, filter: Tensor, window: Window): Tensor;
  conv2dFilterGrad(x: Tensor, dy: Tensor, filterShape: Shape, window: Window): Tensor;
  /** activation(convolution + bias [F]), for inference: it has no gradient. */
  convBiasActivation(x: Tensor, filter: Tensor, bias: Tensor, options: FusedConv): Tensor;
  /** [B,H,W,C] with so many rows and columns of zeros on every side. */
  padImage(x: Tensor, zeros: number): Tensor;
  /** Normalises over all axes but the last with the batch's own statistics. */
  batchNormTrain(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): BatchNormResult;
  batchNormGrad(
    dy: Tensor,
    saved: BatchNormSaved,
    gamma: Tensor,
    epsilon: number,
  ): { readonly dx: Tensor; readonly dGamma: Tensor; readonly dBeta: Tensor };
  batchNormInfer(x: Tensor, parameters: BatchNormParameters, epsilon: number): Tensor;
  /** [B,H,W,C] → [B,C] */
  globalAveragePool(x: Tensor): Tensor;
  globalAveragePoolGrad(dy: Tensor, xShape: Shape): Tensor;
  maxPool(x: Tensor, window: PoolWindow): Tensor;
  maxPoolGrad(dy: Tensor, x: Tensor, y: Tensor, window: PoolWindow): Tensor;
  softmax(logits: Tensor): Tensor;
  logSoftmax(logits: Tensor): Tensor;
  /**
   * Cross-entropy of softmax(logits) [B,C] with target distributions [B,C], from logits, so that
   * no probability is ever clipped. `perExample` [B] is not averaged; `dLogits` [B,C] is the
   * gradient of each example's own loss: softmax(logits)·Σtargets − targets, right for rows that
   * do not sum to one as well.
   */
  softmaxCrossEntropy(
    logits: Tensor,
    targets: Tensor,
  ): { readonly perExample: Tensor; readonly dLogits: Tensor };

  // Update
  /**
   * One step of SGD with momentum (PyTorch's form): g ← gradient + d·w; v ← m·v + g;
   * w ← w − lr·(nesterov ? g + m·v : v). Gives the new weight and velocity.
   */
  momentumStep(
    weight: Tensor,
    velocity: Tensor,
    gradient: Tensor,
    step: MomentumStep,
  ): { readonly weight: Tensor; readonly velocity: Tensor };
}

export interface BatchNormParameters {
  readonly gamma: Tensor;
  readonly beta: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}
