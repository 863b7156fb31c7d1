import { at } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * Items of one label by the scores at which items have it, for average precision of draws: no item
 * is sorted that has it not. Score number k is the k-th largest of those.
 */
export interface LabelRanking {
  /** Of each item the first score that is not above its own; as many as there are for one below all. */
  readonly place: Uint32Array;
  /** Items that have the label. */
  readonly positives: Uint32Array;
  /** How many different scores such items have. */
  readonly scores: number;
}

/** Ranks the items of one label; `truth` is 1 where an item has it [items]. */
export const labelRanking = (scores: Numbers, truth: Numbers): LabelRanking => {
  const positives = Uint32Array.from(truth, (_, item) => item).filter(
    (item) => at(truth, item) === 1,
  );
  const sorted = Float64Array.from(positives, (item) => at(scores, item))
    .sort()
    .reverse();
  const steps = sorted.filter((score, i) => score !== sorted[i - 1]);
  const placeOf = (score: number): number => {
    let [low, high] = [0, steps.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(steps, middle) > score) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { place: Uint32Array.from(scores, placeOf), positives, scores: steps.length };
};

/** Average precision of items that come several times; null where none that has the label comes. */
export const weightedPrecision = (
  { place, positives, scores }: LabelRanking,
  times: Uint16Array,
): number | null => {
  const [all, hits] = [new Float64Array(scores + 1), new Float64Array(scores + 1)];
  for (let item = 0; item < place.length; item++) {
    const step = place[item] ?? 0;
    all[step] = (all[step] ?? 0) + (times[item] ?? 0);
  }
  for (const item of positives) {
    const step = place[item] ?? 0;
    hits[step] = (hits[step] ?? 0) + (times[item] ?? 0);
  }
  let [above, right, total] = [0, 0, 0];
  for (let step = 0; step < scores; step++) {
    const own = hits[step] ?? 0;
    above += all[step] ?? 0;
    right += own;
    if (own > 0) total += (own * right) / above;
  }
  return right === 0 ? null : total / right;
};
