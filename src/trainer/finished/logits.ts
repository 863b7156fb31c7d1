import { at } from '../../methods/numbers';
import type { Ops } from '../backend/types';
import { createNetwork } from '../models/network';
import type { FinishedModel } from './finishedModel';
import { specOf } from './servedNetwork';

/** A finished model on a backend. */
export interface RunningModel {
  /** Logits [rows][C] of prepared inputs, before any correction. */
  logits(inputs: Float32Array, rows: number): Float32Array;
  dispose(): void;
}

/** Inside the norm of features, as in a cosine classifier: features of zeros divide by no zero. */
const epsilon = 1e-12;

/**
 * Builds a finished model. Throws `model/weights` naming the first weight that is missing or has
 * another shape than the description says.
 */
export const runModel = (ops: Ops, { description, weights }: FinishedModel): RunningModel => {
  const { network: own, classes } = description;
  const { inputShape, head } = own;
  const network = createNetwork(
    ops,
    {
      kind: own.kind,
      backbone: own.layers.map(specOf),
      classifier: { kind: 'dense', name: 'classifier', bias: true, decay: false },
    },
    { inputShape, classes: classes.length, seed: 0 },
  );
  try {
    network.setWeights(weights);
  } catch (error) {
    network.dispose();
    throw error;
  }
  const valuesOf = (name: string): Float32Array | null => weights.get(name)?.values ?? null;
  const centre = head.centred ? valuesOf('centre/mean') : null;
  const [kernel, bias] = [valuesOf('classifier/kernel'), valuesOf('classifier/bias')];
  const width = network.featureWidth;
  const C = classes.length;

  /** The dense layer on features of length one, in double precision. */
  const onUnit = (features: Float32Array, rows: number): Float32Array => {
    const result = new Float32Array(rows * C);
    for (let row = 0; row < rows; row++) {
      const moved = Float64Array.from(
        features.subarray(row * width, (row + 1) * width),
        (x, d) => x - (centre === null ? 0 : at(centre, d)),
      );
      const norm = Math.sqrt(moved.reduce((sum, x) => sum + x * x, epsilon));
      for (let j = 0; j < C; j++) {
        let total = bias === null ? 0 : at(bias, j);
        for (let d = 0; d < width; d++)
          total += (at(moved, d) / norm) * (kernel === null ? 0 : at(kernel, d * C + j));
        result[row * C + j] = total;
      }
    }
    return result;
  };

  return {
    logits: (inputs, rows) => {
      const x = ops.tensor(inputs, [rows, ...inputShape]);
      const made = network.predict(x);
      const result = head.unit ? onUnit(ops.read(made.features), rows) : ops.read(made.logits);
      ops.dispose(x, made.logits, made.features);
      return result.slice();
    },
    dispose: () => network.dispose(),
  };
};
