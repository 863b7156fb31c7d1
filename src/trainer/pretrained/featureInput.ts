import { createRandom } from '../../common/random';
import type { InputSource } from '../data/imageInput';
import { fromHalf } from './half';

export interface FeatureRows {
  /** Float16, row-major [slots × copies, width]: each picture's copies one after the other. */
  readonly halves: Uint16Array;
  readonly width: number;
  /** 2 where a mirrored copy of every picture stands after it, else 1. */
  readonly copies: 1 | 2;
  /** Row of the index → slot. */
  readonly slotOf: Int32Array;
  readonly trainRows: Uint32Array;
  /** Where the features come from, for whoever uses the head elsewhere. */
  readonly description: Readonly<Record<string, unknown>>;
  readonly key: string;
}

/** All 65,536 halves as numbers: a look-up is faster than taking one apart. */
const allHalves = (): Float32Array => fromHalf(Uint16Array.from({ length: 65536 }, (_, i) => i));

/** Mean and standard deviation of each feature over the training rows; 1 for a constant one. */
const featureFacts = (
  { halves, width, copies, slotOf, trainRows }: FeatureRows,
  numbers: Float32Array,
): { readonly mean: Float64Array; readonly deviation: Float64Array } => {
  const mean = new Float64Array(width);
  const squares = new Float64Array(width);
  const visit = (use: (feature: number, value: number) => void): void => {
    for (const row of trainRows) {
      const start = (slotOf[row] ?? 0) * copies * width;
      for (let f = 0; f < width; f++) use(f, numbers[halves[start + f] ?? 0] ?? 0);
    }
  };
  visit((f, value) => (mean[f] = (mean[f] ?? 0) + value / trainRows.length));
  visit((f, value) => (squares[f] = (squares[f] ?? 0) + (value - (mean[f] ?? 0)) ** 2));
  const deviation = squares.map((sum) => Math.sqrt(sum / trainRows.length) || 1);
  return { mean, deviation };
};

/**
 * Features of a frozen network as the input of a head, each standardised by the training rows.
 * With mirrored copies, a draw for training takes one of the two; each draw has its own stream.
 */
export const createFeatureInput = (features: FeatureRows): InputSource => {
  const { halves, width, copies, slotOf, description, key } = features;
  const numbers = allHalves();
  const { mean, deviation } = featureFacts(features, numbers);
  return {
    shape: [width],
    key,
    description: { ...description, mean: [...mean], deviation: [...deviation] },
    batch: (rows, augment) => {
      const out = new Float32Array(rows.length * width);
      rows.forEach((row, i) => {
        const mirrored =
          copies === 2 && augment !== null
            ? createRandom(
                augment.seed,
                'mirror',
                augment.stage,
                augment.epoch,
                augment.draw + i,
              ).nextInt(2)
            : 0;
        const start = ((slotOf[row] ?? 0) * copies + mirrored) * width;
        for (let f = 0; f < width; f++)
          out[i * width + f] =
            ((numbers[halves[start + f] ?? 0] ?? 0) - (mean[f] ?? 0)) / (deviation[f] ?? 1);
      });
      return out;
    },
  };
};
