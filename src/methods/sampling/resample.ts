import { largest, smallestPositive } from '../numbers';
import type { Numbers } from '../numbers';

/** Which classes are re-sampled, or the wanted minority / majority ratio of a two-class set. */
export type ResampleStrategy =
  'auto' | 'minority' | 'majority' | 'not minority' | 'not majority' | 'all' | number;

export interface ResamplePlan {
  /** By class position, for the classes the strategy names: samples to add, or to keep. */
  readonly changes: ReadonlyMap<number, number>;
  readonly counts: readonly number[];
}

const firstAt = (counts: Numbers, value: number): number => Array.from(counts).indexOf(value);

const chosen = (counts: Numbers, strategy: Exclude<ResampleStrategy, number>): number[] => {
  const majority = firstAt(counts, largest(counts));
  const minority = firstAt(counts, smallestPositive(counts));
  const keep: Record<typeof strategy, (j: number) => boolean> = {
    auto: () => true,
    all: () => true,
    minority: (j) => j === minority,
    majority: (j) => j === majority,
    'not minority': (j) => j !== minority,
    'not majority': (j) => j !== majority,
  };
  return Array.from(counts, (_, j) => j).filter((j) => (counts[j] ?? 0) > 0 && keep[strategy](j));
};

/** Refuses a ratio that the mode cannot reach, as imbalanced-learn does. */
const ratioTarget = (counts: Numbers, over: boolean, ratio: number): [number, number] => {
  const present = Array.from(counts).filter((n) => n > 0).length;
  if (present !== 2) throw new RangeError(`a ratio needs two classes, not ${present}`);
  const top = largest(counts);
  const least = smallestPositive(counts);
  const reachable = Math.trunc(over ? top * ratio : least / ratio);
  const refused = over ? reachable < least : reachable > top;
  if (!(ratio > 0 && ratio <= 1) || refused)
    throw new RangeError(`the ratio ${ratio} is not in reach from ${least / top}`);
  return [over ? firstAt(counts, least) : firstAt(counts, top), reachable];
};

/**
 * How many samples random over-sampling adds, or under-sampling keeps, per class, with the
 * strategies of imbalanced-learn: `auto` is `not majority` when adding and `not minority` when
 * keeping. A tie for largest or smallest is decided by the lowest position. Empty classes stay
 * empty. Throws RangeError for a ratio on anything but two classes, or one out of reach.
 */
export const resamplePlan = (
  counts: Numbers,
  mode: 'over' | 'under',
  strategy: ResampleStrategy,
): ResamplePlan => {
  const over = mode === 'over';
  const target = over ? largest(counts) : smallestPositive(counts);
  const result = Array.from(counts);
  const changes = new Map<number, number>();
  const set = (j: number, wanted: number): void => {
    changes.set(j, over ? wanted - (counts[j] ?? 0) : wanted);
    result[j] = wanted;
  };
  if (typeof strategy === 'number') {
    set(...ratioTarget(counts, over, strategy));
  } else {
    const named = strategy === 'auto' ? (over ? 'not majority' : 'not minority') : strategy;
    for (const j of chosen(counts, named)) set(j, target);
  }
  return { changes, counts: result };
};

/**
 * Class sizes after random over-sampling to a ratio of smallest to largest: max(n_j, ratio · n_max)
 * rounded down, an empty class stays empty [C]. Buda et al., Neural Networks 2018 (arXiv 1710.05381).
 */
export const grownSizes = (counts: Numbers, ratio: number): number[] => {
  const least = Math.trunc(largest(counts) * ratio);
  return Array.from(counts, (n) => (n > 0 ? Math.max(n, least) : 0));
};

/**
 * Class sizes after random under-sampling to a ratio of smallest to largest: min(n_j, n_min / ratio)
 * rounded down [C]. Buda et al., Neural Networks 2018 (arXiv 1710.05381).
 */
export const shrunkSizes = (counts: Numbers, ratio: number): number[] => {
  const most = Math.trunc(smallestPositive(counts) / ratio);
  return Array.from(counts, (n) => Math.min(n, most));
};
