import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { FrozenLayer } from '../../config/exportedModel/types';
import { through, type Layers } from './symbolic';

type Activation = Extract<FrozenLayer, { kind: 'conv' }>['activation'];

const activated = (
  { layers }: Layers,
  { name, activation }: { readonly name: string; readonly activation: Activation },
  x: SymbolicTensor,
): SymbolicTensor => {
  if (activation === 'none') return x;
  const most = activation === 'relu6' ? { maxValue: 6 } : {};
  return through(layers.reLU({ name: `${name}_relu`, ...most }), x);
};

const apply = (library: Layers, layer: FrozenLayer, x: SymbolicTensor): SymbolicTensor => {
  const { layers } = library;
  const { name } = layer;
  if (layer.kind === 'residual') {
    const branches = [layer.body, layer.shortcut].map((own) =>
      own.reduce((y, inner) => apply(library, inner, y), x),
    );
    return activated(library, layer, through(layers.add({ name }), branches));
  }
  const { size, stride, padding } = layer;
  const zeros = padding === 'same' ? 0 : padding;
  const padded =
    zeros === 0
      ? x
      : through(layers.zeroPadding2d({ name: `${name}_pad`, padding: [zeros, zeros] }), x);
  const where = padding === 'same' ? 'same' : 'valid';
  const options = { name, strides: stride, padding: where } as const;
  if (layer.kind === 'max-pool')
    return through(layers.maxPooling2d({ ...options, poolSize: size }), padded);
  const conv = layer.depthwise
    ? layers.depthwiseConv2d({ ...options, kernelSize: size })
    : layers.conv2d({ ...options, kernelSize: size, filters: layer.filters });
  return activated(library, layer, through(conv, padded));
};

/** Adds a frozen network to the graph: pictures become features, each standardised. */
export const applyFrozen = (
  library: Layers,
  frozen: readonly FrozenLayer[],
  x: SymbolicTensor,
): SymbolicTensor => {
  const { layers } = library;
  const maps = frozen.reduce((y, layer) => apply(library, layer, y), x);
  const pooled = through(layers.globalAveragePooling2d({ name: 'frozen_pool' }), maps);
  return through(layers.batchNormalization({ name: 'standardise', epsilon: 0 }), pooled);
};
