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
 * `pretrained/weight` naming the first tensor that is not there or does not fit the layer before
 * it, `pretrained/surplus` naming a convolution that the network does not have.
 */
export const foldStateDict = (
  net: PretrainedNet,
  tensors: ReadonlyMap<string, StateTensor>,
  path: string,
): FrozenWeights => {
  const misfit = (name: string): LongtailError =>
    new LongtailError('pretrained/weight', {
      ...{ path, net: net.id, name },
      found: tensors.get(name)?.shape.join('×') ?? '–',
    });
  const get = (name: string, fits: (shape: readonly number[]) => boolean): StateTensor => {
    const tensor = tensors.get(name);
    if (tensor === undefined || !fits(tensor.shape)) throw misfit(name);
    return tensor;
  };
  const folded = new Map<string, { kernel: FrozenTensor; bias: FrozenTensor }>();
  /** Folds one convolution of so many channels; gives its filters. */
  const foldOne = ({ name, norm, depthwise }: ConvLayer, channels: number): number => {
    const kernel = get(
      `${name}.weight`,
      ([filters, own, ...rest]) =>
        rest.length === 2 &&
        own === (depthwise ? 1 : channels) &&
        (!depthwise || filters === channels),
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
    return filters;
  };
  const last = { name: '' };
  /** Folds layers one after the other; gives the channels that come out. */
  const foldAll = (layers: readonly NetLayer[], channels: number): number =>
    layers.reduce((width, layer) => {
      if (layer.kind === 'max-pool') return width;
      if (layer.kind === 'conv') {
        last.name = `${layer.name}.weight`;
        return foldOne(layer, width);
      }
      const shortcut = foldAll(layer.shortcut, width);
      const body = foldAll(layer.body, width);
      if (body !== shortcut) throw misfit(last.name);
      return body;
    }, channels);
  if (foldAll(net.layers, 3) !== net.width) throw misfit(last.name);
  // A deeper network of the same kind has all of it, and would give features that mean nothing.
  for (const [name, { shape }] of tensors)
    if (shape.length === 4 && !folded.has(name.replace(/\.weight$/, '')))
      throw new LongtailError('pretrained/surplus', { path, net: net.id, name });
  return folded;
};
