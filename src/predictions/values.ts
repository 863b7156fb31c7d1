import { LongtailError } from '../common/errors';
import type { Located } from './locate';

/** Sums of rounded probabilities may miss 1 by this (float16 of some hundred classes). */
const sumTolerance = 5e-3;
/** Stands for a probability of 0, whose log is no number to count with. */
const leastProbability = 1e-12;

/** A matrix of finite numbers. A single column or a vector has width 1. */
export interface Matrix {
  readonly values: Float64Array;
  readonly rows: number;
  readonly width: number;
}

const placeOf = ({ path, name }: Located): { readonly path: string; readonly name: string } => ({
  path,
  name,
});

/**
 * The numbers of an array of one or two dimensions. -Infinity stays where `masked` (a class that is
 * never predicted). Throws `posthoc/not-numbers`, `posthoc/dimensions`, `posthoc/not-finite`.
 */
export const matrixOf = (located: Located, masked = false): Matrix => {
  const { array } = located;
  const [rows = 0, width = 1] = array.shape;
  if (array.shape.length < 1 || array.shape.length > 2)
    throw new LongtailError('posthoc/dimensions', {
      ...placeOf(located),
      shape: array.shape.map(String),
    });
  if (!ArrayBuffer.isView(array.values))
    throw new LongtailError('posthoc/not-numbers', placeOf(located));
  const values = Float64Array.from(array.values);
  const bad = values.findIndex((value) => !Number.isFinite(value) && !(masked && value < 0));
  if (bad >= 0)
    throw new LongtailError('posthoc/not-finite', {
      ...placeOf(located),
      row: Math.floor(bad / Math.max(1, width)) + 1,
      value: String(values[bad]),
    });
  return { values, rows, width };
};

/** Whether every value is a share, and (for single labels) every row sums to 1. */
export const looksLikeProbabilities = (
  { values, width }: Matrix,
  rowsSumToOne: boolean,
): boolean => {
  if (!values.every((value) => value >= -1e-6 && value <= 1 + 1e-6)) return false;
  if (!rowsSumToOne || width === 1) return true;
  for (let from = 0; from < values.length; from += width) {
    let total = 0;
    for (let j = from; j < from + width; j++) total += values[j] ?? NaN;
    if (!(Math.abs(total - 1) <= sumTolerance)) return false;
  }
  return true;
};

const logOf = (p: number): number => Math.log(Math.max(p, leastProbability));

/** Logs of probabilities: logits up to a constant of each row, which changes nothing. */
export const logProbabilities = ({ values }: Matrix): Float64Array => values.map(logOf);

/** log(p / (1 - p)) of each probability. */
export const logOdds = ({ values }: Matrix): Float64Array =>
  values.map((p) => logOf(p) - logOf(1 - p));

/** Logits [n][2] of a single score: that of the second class, the first being 0. */
export const twoColumns = (scores: Float64Array): Float64Array =>
  Float64Array.from({ length: 2 * scores.length }, (_, i) =>
    i % 2 === 0 ? 0 : (scores[(i - 1) / 2] ?? NaN),
  );

/** Labels as the file has them: names, positions, or 0 and 1 for each label. */
export type RawLabels =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'positions'; readonly positions: Int32Array }
  | {
      readonly kind: 'sets';
      readonly values: Int32Array;
      readonly width: number;
      readonly columns: readonly string[] | null;
    };

/**
 * Reads labels: text, whole numbers, one-hot rows (which are positions) or sets of 0 and 1. Throws
 * `posthoc/labels-not-whole`, `posthoc/dimensions`, `posthoc/not-numbers`.
 */
export const labelsOf = (located: Located): RawLabels => {
  const { array } = located;
  const flat = array.shape.length === 1 || (array.shape.length === 2 && array.shape[1] === 1);
  if (flat && !ArrayBuffer.isView(array.values)) return { kind: 'names', names: array.values };
  const { values, rows, width } = matrixOf(located);
  const bad = values.findIndex((value) => !Number.isInteger(value));
  if (bad >= 0)
    throw new LongtailError('posthoc/labels-not-whole', {
      ...placeOf(located),
      row: Math.floor(bad / width) + 1,
      value: values[bad] ?? NaN,
    });
  if (width === 1) return { kind: 'positions', positions: Int32Array.from(values) };
  if (!values.every((value) => value === 0 || value === 1))
    throw new LongtailError('posthoc/labels-not-sets', placeOf(located));
  const sums = Array.from({ length: rows }, (_, row) =>
    values.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0),
  );
  const { columns } = located;
  if (!sums.every((sum) => sum === 1))
    return { kind: 'sets', values: Int32Array.from(values), width, columns };
  const positions = Int32Array.from(sums, (_, row) =>
    values.subarray(row * width, (row + 1) * width).indexOf(1),
  );
  return { kind: 'positions', positions };
};
