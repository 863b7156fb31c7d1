import type * as library from '@tensorflow/tfjs-layers';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';

/** What of the library makes layers. */
export type Layers = Pick<typeof library, 'layers'>;

/** The one output of a layer. */
export const only = (output: SymbolicTensor | SymbolicTensor[]): SymbolicTensor => {
  if (!Array.isArray(output)) return output;
  throw new TypeError('a layer gave several outputs');
};

/** A layer's output for an input. */
export const through = (
  layer: { apply(input: SymbolicTensor | SymbolicTensor[]): unknown },
  x: SymbolicTensor | SymbolicTensor[],
): SymbolicTensor => only(layer.apply(x) as SymbolicTensor | SymbolicTensor[]);
