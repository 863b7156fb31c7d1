import { at, mean, sum } from '../numbers';
import type { Interval } from './interval';

/** A value with what is known of its chance error from the items alone. */
export interface Measured {
  readonly value: number;
  /** 95 % interval over the scored items. */
  readonly interval: Interval;
}

/** Sample standard deviation; 0 of a single value. */
export const sampleDeviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(sum(values.map((one) => (one - middle) ** 2)) / Math.max(1, values.length - 1));
};

/** Two-sided 95 % points of Student's t with 1 … 30 degrees of freedom; the normal one beyond. */
const studentPoints = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045, 2.042,
];

/**
 * The mean of a measure over trainings with several seeds and a 95 % interval for it. One seed keeps
 * the interval over its items. Several: the half-width over items (the mean of the seeds', as if
 * all scored the same items) and Student's t of the standard error over seeds, added as squares.
 * `deviation` is the sample standard deviation over seeds; null for one. RangeError for none.
 */
export const overSeeds = (
  measured: readonly Measured[],
): Measured & { readonly deviation: number | null } => {
  const [first] = measured;
  if (first === undefined) throw new RangeError('nothing was measured');
  if (measured.length === 1) return { ...first, deviation: null };
  const values = measured.map(({ value }) => value);
  const seeds = values.length;
  const value = mean(values);
  const deviation = sampleDeviation(values);
  const items = mean(measured.map(({ interval: [low, high] }) => (high - low) / 2));
  const t = seeds - 1 > studentPoints.length ? 1.96 : at(studentPoints, seeds - 2);
  const half = Math.hypot(items, (t * deviation) / Math.sqrt(seeds));
  return { value, interval: [value - half, value + half], deviation };
};
