import { LongtailError } from '../../common/errors';
import type { NetLayer, PretrainedNet } from './netTypes';
import type { StateTensor } from './stateDict';

type ConvLayer = Extract<NetLayer, { kind: 'conv' }>;

/** A tensor of a frozen network in the layout the backends want. */
export interface FrozenTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Weights of a frozen network by layer: `kernel` [h,w,C,F] (depthwise [h,w,C,1]) and `bias` [F]. */
export type FrozenWeights = ReadonlyMap<
  string,
  { readonly kernel: FrozenTensor; readonly bias: FrozenTensor }
>;

/** Every convolution of a network, in order. */
export const convolutionsOf = (layers: readonly NetLayer[]): readonly ConvLayer[] =>
  layers.flatMap((layer) => {
    if (layer.kind === 'conv') return [layer];
    return layer.kind === 'residual'
      ? [...convolutionsOf(layer.body), ...convolutionsOf(layer.shortcut)]
      : [];
  });

/** PyTorch's [F, C, h, w] as [h, w, C, F], each filter times its factor; depthwise as [h, w, F, 1]. */
const turn = (
  { shape, values }: StateTensor,
  factors: Float64Array,
  depthwise: boolean,
): FrozenTensor => {
  const [filters = 0, channels = 0, height = 0, width = 0] = shape;
  const area = height * width;
  const turned = new Float32Array(values.length);
  for (let f = 0; f < filters; f++)
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < area; i++)
        turned[(i * channels + c) * filters + f] =
          (values[(f * channels + c) * area + i] ?? 0) * (factors[f] ?? 0);
  return {
    shape: depthwise ? [height, width, filters, 1] : [height, width, channels, filters],
    values: turned,
  };
};

/**
 * Folds each batch norm of a state dict into the convolution before it: with s = γ / √(σ² + ε) the
 * kernel becomes s · w and the bias β + s · (b − μ), the same function in inference mode. Throws
 * `pretrained/weight` naming the first tensor that is not there or has another shape.
 */
export const foldStateDict = (
  net: PretrainedNet,
  tensors: ReadonlyMap<string, StateTensor>,
  path: string,
): FrozenWeights => {
  const get = (name: string, fits: (shape: readonly number[]) => boolean): StateTensor => {
    const tensor = tensors.get(name);
    if (tensor === undefined || !fits(tensor.shape))
      throw new LongtailError('pretrained/weight', {
        path,
        net: net.id,
        name,
        found: tensor === undefined ? '–' : tensor.shape.join('×'),
      });
    return tensor;
  };
  const folded = new Map<string, { kernel: FrozenTensor; bias: FrozenTensor }>();
  for (const { name, norm, depthwise } of convolutionsOf(net.layers)) {
    const kernel = get(
      `${name}.weight`,
      (shape) => shape.length === 4 && (!depthwise || shape[1] === 1),
    );
    const filters = kernel.shape[0] ?? 0;
    const vector = (key: string): Float32Array =>
      get(`${norm}.${key}`, (shape) => shape.length === 1 && shape[0] === filters).values;
    const [gamma, beta] = [vector('weight'), vector('bias')];
    const [mean, variance] = [vector('running_mean'), vector('running_var')];
    const own = tensors.get(`${name}.bias`)?.values;
    const factors = Float64Array.from(
      gamma,
      (g, f) => g / Math.sqrt((variance[f] ?? 0) + net.epsilon),
    );
    const bias = Float32Array.from(
      factors,
      (factor, f) => (beta[f] ?? 0) + factor * ((own?.[f] ?? 0) - (mean[f] ?? 0)),
    );
    folded.set(name, {
      kernel: turn(kernel, factors, depthwise),
      bias: { shape: [filters], values: bias },
    });
  }
  return folded;
};
