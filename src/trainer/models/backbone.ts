import type { Ops, Shape } from '../backend/types';
import type { Layer, LayerContext, LayerStep } from './layer';
import { createLayers } from './layers';
import { createSequence } from './sequence';
import type { LayerSpec } from './types';

/** Both branches on the same input, their features side by side: [B,D] and [B,E] → [B,D+E]. */
const createSideBySide = (ops: Ops, layers: readonly [Layer, Layer]): Layer => {
  const widths = layers.map(({ outputShape }) => outputShape.at(0) ?? 0);
  const [width = 0, other = 0] = widths;
  return {
    outputShape: [width + other],
    keepsInput: layers.some(({ keepsInput }) => keepsInput),
    keepsOutput: false,
    infer: (x) => {
      const outputs = layers.map((layer) => layer.infer(x));
      const joined = ops.concat(outputs, 1);
      ops.dispose(...outputs);
      return joined;
    },
    train: (x) => {
      const steps: LayerStep[] = layers.map((layer) => layer.train(x));
      const release = (): void => {
        for (const step of steps.splice(0)) {
          step.release();
          ops.dispose(step.output);
        }
      };
      return {
        output: ops.concat(
          steps.map(({ output }) => output),
          1,
        ),
        backward: (dy, inputGradient, gradients) => {
          const rows = dy.shape.at(0) ?? 0;
          const inputs = steps.map((step, i) => {
            const own = ops.slice(dy, [0, i === 0 ? 0 : width], [rows, widths[i] ?? 0]);
            const dx = step.backward(own, inputGradient, gradients);
            ops.dispose(own);
            return dx;
          });
          release();
          const [first, second] = inputs;
          if (!first || !second) return null;
          const sum = ops.add(first, second);
          ops.dispose(first, second);
          return sum;
        },
        release,
      };
    },
  };
};

export interface Backbone {
  readonly layer: Layer;
  /** Where the last layer is two branches: the way through each, over the same weights. */
  readonly branches: readonly [Layer, Layer] | null;
}

/** Builds the layers that give the features. */
export const createBackbone = (
  context: LayerContext,
  specs: readonly LayerSpec[],
  inputShape: Shape,
): Backbone => {
  const last = specs.at(-1);
  if (last?.kind !== 'branches')
    return { layer: createLayers(context, specs, inputShape), branches: null };
  const { ops } = context;
  const trunk = createLayers(context, specs.slice(0, -1), inputShape);
  const ends = [
    createLayers(context, last.first, trunk.outputShape),
    createLayers(context, last.second, trunk.outputShape),
  ] as const;
  const after = (end: Layer): Layer => createSequence(ops, [trunk, end], inputShape);
  return {
    layer: after(createSideBySide(ops, ends)),
    branches: [after(ends[0]), after(ends[1])],
  };
};
