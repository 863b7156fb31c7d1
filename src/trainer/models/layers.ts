import type { Shape } from '../backend/types';
import type { Layer, LayerContext } from './layer';
import { createResidual, createSequence, stateless } from './sequence';
import type { LayerSpec } from './types';
import type { Initializer } from './weights';

type SpecOf<K extends LayerSpec['kind']> = Extract<LayerSpec, { kind: K }>;

const none = (): void => undefined;

const image = (shape: Shape, layer: string): [number, number, number] => {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined)
    throw new RangeError(`${layer} needs an input of height × width × channels`);
  return [height, width, channels];
};

/** Length of an axis after a window has gone over it. */
const slid = (length: number, size: number, stride: number, padding: 'same' | 'valid'): number =>
  padding === 'same' ? Math.ceil(length / stride) : Math.floor((length - size) / stride) + 1;

/**
 * Under a batch norm, which undoes its scale, the size of a kernel only sets how fast it turns: the
 * smaller ones of Glorot and Bengio, Keras's default, learn more in the few epochs of a short run
 * (1.5 points of balanced accuracy after 20 epochs of CIFAR-10-LT). A kernel with a bias of its own
 * has no norm behind it and keeps the variance of its input (He et al.).
 */
const convInitializer = (
  bias: boolean,
  area: number,
  channels: number,
  filters: number,
): Initializer =>
  bias
    ? { kind: 'he-normal', fanIn: area * channels }
    : { kind: 'glorot-uniform', fanIn: area * channels, fanOut: area * filters };

const createConv = (context: LayerContext, spec: SpecOf<'conv'>, input: Shape): Layer => {
  const { ops, weights, group } = context;
  const { name, filters, size, stride, padding } = spec;
  const [height, width, channels] = image(input, name);
  const kernel = weights.declare({
    name: `${name}/kernel`,
    shape: [size, size, channels, filters],
    initializer: convInitializer(spec.bias, size * size, channels, filters),
    trained: { group, decay: spec.decay },
  });
  const bias = spec.bias ? declareBias(context, { name, units: filters }) : null;
  const window = { stride, padding };
  const infer: Layer['infer'] = (x) =>
    ops.tidy(() => {
      const y = ops.conv2d(x, kernel.value, window);
      return bias === null ? y : ops.add(y, bias.value);
    });
  return {
    outputShape: [slid(height, size, stride, padding), slid(width, size, stride, padding), filters],
    keepsInput: true,
    keepsOutput: false,
    infer,
    train: (x) => ({
      output: infer(x),
      backward: (dy, inputGradient, gradients) => {
        gradients.set(kernel.name, ops.conv2dFilterGrad(x, dy, kernel.shape, window));
        if (bias !== null) gradients.set(bias.name, ops.sum(dy, [0, 1, 2]));
        return inputGradient ? ops.conv2dInputGrad(x.shape, dy, kernel.value, window) : null;
      },
      release: none,
    }),
  };
};

const declareBias = (
  { weights, group }: LayerContext,
  { name, units, values = null }: { name: string; units: number; values?: Float32Array | null },
) =>
  weights.declare({
    name: `${name}/bias`,
    shape: [units],
    initializer: values === null ? { kind: 'constant', value: 0 } : { kind: 'values', values },
    trained: { group, decay: false },
  });

/**
 * x·W + b. `initializer` differs between hidden layers (before a ReLU) and the classifier, whose
 * bias may start at values of its own.
 */
export const createDense = (
  context: LayerContext,
  spec: Omit<SpecOf<'dense'>, 'kind'>,
  input: Shape,
  initializer: 'he-normal' | 'glorot-uniform',
  initialBias: Float32Array | null = null,
): Layer => {
  const { ops, weights, group } = context;
  const [width, ...rest] = input;
  if (width === undefined || rest.length > 0)
    throw new RangeError(`${spec.name} needs a flat input, not ${input.join('×')}`);
  const kernel = weights.declare({
    name: `${spec.name}/kernel`,
    shape: [width, spec.units],
    initializer: { kind: initializer, fanIn: width, fanOut: spec.units },
    trained: { group, decay: spec.decay },
  });
  const bias = spec.bias ? declareBias(context, { ...spec, values: initialBias }) : null;
  const infer: Layer['infer'] = (x) =>
    ops.tidy(() => {
      const y = ops.matMul(x, kernel.value);
      return bias === null ? y : ops.add(y, bias.value);
    });
  return {
    outputShape: [spec.units],
    keepsInput: true,
    keepsOutput: false,
    infer,
    train: (x) => ({
      output: infer(x),
      backward: (dy, inputGradient, gradients) => {
        gradients.set(kernel.name, ops.matMul(x, dy, { a: true }));
        if (bias !== null) gradients.set(bias.name, ops.sum(dy, [0]));
        return inputGradient ? ops.matMul(dy, kernel.value, { b: true }) : null;
      },
      release: none,
    }),
  };
};

const createBatchNorm = (
  { ops, weights, group }: LayerContext,
  { name, epsilon, momentum }: SpecOf<'batch-norm'>,
  input: Shape,
): Layer => {
  const shape = [input.at(-1) ?? 1];
  const declare = (part: string, value: number, trained: boolean) =>
    weights.declare({
      name: `${name}/${part}`,
      shape,
      initializer: { kind: 'constant', value },
      trained: trained ? { group, decay: false } : null,
    });
  const gamma = declare('gamma', 1, true);
  const beta = declare('beta', 0, true);
  const mean = declare('moving_mean', 0, false);
  const variance = declare('moving_variance', 1, false);
  const move = (
    running: { name: string; value: Parameters<typeof ops.neg>[0] },
    batch: Parameters<typeof ops.neg>[0],
  ): void => {
    const moved = ops.tidy(() =>
      ops.add(ops.affine(running.value, momentum), ops.affine(batch, 1 - momentum)),
    );
    weights.update(running.name, moved);
  };
  return {
    outputShape: input,
    keepsInput: true,
    keepsOutput: false,
    infer: (x) =>
      ops.batchNormInfer(
        x,
        { gamma: gamma.value, beta: beta.value, mean: mean.value, variance: variance.value },
        epsilon,
      ),
    train: (x) => {
      const result = ops.batchNormTrain(x, gamma.value, beta.value, epsilon);
      move(mean, result.mean);
      move(variance, result.variance);
      ops.dispose(result.mean, result.variance);
      return {
        output: result.y,
        backward: (dy, inputGradient, gradients) => {
          const { dx, dGamma, dBeta } = ops.batchNormGrad(dy, result.saved, gamma.value, epsilon);
          gradients.set(gamma.name, dGamma);
          gradients.set(beta.name, dBeta);
          if (inputGradient) return dx;
          ops.dispose(dx);
          return null;
        },
        release: () => {
          ops.dispose(...result.saved.tensors);
        },
      };
    },
  };
};

/** Builds a layer of any kind for an input of the shape given (without the batch axis). */
export const createLayer = (context: LayerContext, spec: LayerSpec, input: Shape): Layer => {
  const { ops } = context;
  switch (spec.kind) {
    case 'conv':
      return createConv(context, spec, input);
    case 'dense':
      return createDense(context, spec, input, 'he-normal');
    case 'batch-norm':
      return createBatchNorm(context, spec, input);
    case 'relu':
      return stateless({
        ...{ outputShape: input, keepsInput: false, keepsOutput: true },
        infer: (x) => ops.relu(x),
        gradient: (dy, _x, y) => ops.reluGrad(dy, y),
      });
    case 'max-pool': {
      const { name, size, stride, padding } = spec;
      const [height, width, channels] = image(input, name);
      const spans = [height, width].map((length) => slid(length, size, stride, padding));
      return stateless({
        ...{ outputShape: [...spans, channels], keepsInput: true, keepsOutput: true },
        infer: (x) => ops.maxPool(x, spec),
        gradient: (dy, x, y) => ops.maxPoolGrad(dy, x, y, spec),
      });
    }
    case 'global-average-pool': {
      const [height, width, channels] = image(input, spec.name);
      return stateless({
        ...{ outputShape: [channels], keepsInput: false, keepsOutput: false },
        infer: (x) => ops.globalAveragePool(x),
        gradient: (dy) =>
          ops.globalAveragePoolGrad(dy, [dy.shape.at(0) ?? 0, height, width, channels]),
      });
    }
    case 'flatten':
      return stateless({
        outputShape: [input.reduce((product, n) => product * n, 1)],
        ...{ keepsInput: false, keepsOutput: false },
        infer: (x) => ops.reshape(x, [x.shape.at(0) ?? 0, input.reduce((a, n) => a * n, 1)]),
        gradient: (dy) => ops.reshape(dy, [dy.shape.at(0) ?? 0, ...input]),
      });
    case 'residual':
      return createResidual(
        ops,
        createLayers(context, spec.body, input),
        spec.shortcut.length === 0 ? null : createLayers(context, spec.shortcut, input),
      );
    case 'branches':
      throw new RangeError(`${spec.name}: branches can only be the last layer of a backbone`);
  }
};

/** Builds layers one after the other. */
export const createLayers = (
  context: LayerContext,
  specs: readonly LayerSpec[],
  input: Shape,
): Layer => {
  let shape = input;
  const layers: Layer[] = [];
  for (const spec of specs) {
    const layer = createLayer(context, spec, shape);
    layers.push(layer);
    shape = layer.outputShape;
  }
  return createSequence(context.ops, layers, input);
};
