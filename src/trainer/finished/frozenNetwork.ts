import { LongtailError } from '../../common/errors';
import type { ExportedModel, FrozenLayer } from '../../config/exportedModel/types';
import type { NamedWeight } from '../models/types';
import type { FrozenTensor, FrozenWeights } from '../pretrained/fold';
import type { NetLayer, PretrainedNet } from '../pretrained/netTypes';

type FrozenInput = Extract<ExportedModel['input'], { kind: 'features' }>['network'];

/** A frozen network in the words of an exported model. */
interface Described {
  readonly layers: readonly FrozenLayer[];
  readonly weights: ReadonlyMap<string, NamedWeight>;
}

/** A name that every program takes for a layer: letters, digits and low lines. */
const plainName = (name: string): string =>
  `frozen_${name.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '')}`;

/** Describes a network; its weights get the names of its layers. */
export const describeNetwork = (
  { layers }: Pick<PretrainedNet, 'layers'>,
  weights: FrozenWeights,
): Described => {
  const named = new Map<string, NamedWeight>();
  const counts = { pools: 0, sums: 0 };
  const describe = (layer: NetLayer): FrozenLayer => {
    switch (layer.kind) {
      case 'conv': {
        const { kind, stride, padding, depthwise, activation } = layer;
        const found = weights.get(layer.name);
        if (found === undefined) throw new RangeError(`no weights of ${layer.name}`);
        const name = plainName(layer.name);
        named.set(`${name}/kernel`, found.kernel);
        named.set(`${name}/bias`, found.bias);
        const [filters = 0] = found.bias.shape;
        const [size = 0] = found.kernel.shape;
        return { kind, name, filters, size, stride, padding, depthwise, activation };
      }
      case 'max-pool':
        return { ...layer, name: `frozen_pool_${++counts.pools}` };
      case 'residual': {
        const { kind, activation } = layer;
        const name = `frozen_sum_${++counts.sums}`;
        const [body, shortcut] = [layer.body.map(describe), layer.shortcut.map(describe)];
        return { kind, name, body, shortcut, activation };
      }
    }
  };
  const described = layers.map(describe);
  return { layers: described, weights: named };
};

/**
 * The network that an exported model describes. Throws `model/weights` naming the first weight that
 * is missing or has another shape than the layers say.
 */
export const networkOf = (
  { net, mean, deviation }: NonNullable<FrozenInput>,
  layers: readonly FrozenLayer[],
  weights: ReadonlyMap<string, NamedWeight>,
): { readonly net: PretrainedNet; readonly weights: FrozenWeights } => {
  const found = new Map<string, { kernel: FrozenTensor; bias: FrozenTensor }>();
  const get = (name: string, shape: readonly number[]): FrozenTensor => {
    const weight = weights.get(name);
    const own = weight?.shape.join('×') ?? '–';
    if (weight !== undefined && own === shape.join('×')) return weight;
    throw new LongtailError('model/weights', { name, expected: shape.join('×'), found: own });
  };
  /** Builds layers one after the other; gives them with the channels that come out. */
  const build = (
    all: readonly FrozenLayer[],
    channels: number,
  ): { readonly made: readonly NetLayer[]; readonly width: number } => {
    let width = channels;
    const made = all.map((layer): NetLayer => {
      switch (layer.kind) {
        case 'conv': {
          const { name, filters, size, depthwise } = layer;
          const shape = depthwise ? [size, size, filters, 1] : [size, size, width, filters];
          width = filters;
          const kernel = get(`${name}/kernel`, shape);
          found.set(name, { kernel, bias: get(`${name}/bias`, [filters]) });
          return { ...layer, norm: '' };
        }
        case 'max-pool':
          return layer;
        case 'residual': {
          const shortcut = build(layer.shortcut, width);
          const body = build(layer.body, width);
          if (body.width !== shortcut.width)
            throw new LongtailError('model/weights', {
              ...{ name: layer.name, expected: shortcut.width, found: body.width },
            });
          width = body.width;
          return { ...layer, body: body.made, shortcut: shortcut.made };
        }
      }
    });
    return { made, width };
  };
  const { made, width } = build(layers, 3);
  const colours = (values: readonly number[]): readonly [number, number, number] => {
    const [red = 0, green = 0, blue = 0] = values;
    return [red, green, blue];
  };
  const input = { mean: colours(mean), deviation: colours(deviation) };
  // Batch norms are folded in: there is none whose epsilon counts.
  return { net: { id: net, layers: made, width, epsilon: 0, input }, weights: found };
};

/** The layer that standardises the features: a batch norm without epsilon. */
const standardise = 'standardise';

/** Its weights. */
export const standardiseWeights = (
  mean: readonly number[],
  deviation: readonly number[],
): readonly (readonly [string, NamedWeight])[] => {
  const vector = (values: readonly number[]): NamedWeight => ({
    shape: [values.length],
    values: Float32Array.from(values),
  });
  return [
    [`${standardise}/gamma`, vector(mean.map(() => 1))],
    [`${standardise}/beta`, vector(mean.map(() => 0))],
    [`${standardise}/moving_mean`, vector(mean)],
    [`${standardise}/moving_variance`, vector(deviation.map((own) => own * own))],
  ];
};
