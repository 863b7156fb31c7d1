import { largest, map } from '../numbers';
import type { Numbers } from '../numbers';

export interface TailCopies {
  /** s in [0, 1]: 0 copies nothing, 1 brings every class to the size of the largest. */
  readonly strength: number;
  /** Most copies of an item, the original counted. */
  readonly most: number;
}

/** Copies of each item of a class, a_j = clip((n_max / n_j)^s, 1, most) [C]; 0 for an empty class. */
const copyFactors = (counts: Numbers, { strength, most }: TailCopies): Float64Array => {
  const top = largest(counts);
  return map(counts, (n) => (n > 0 ? Math.min(most, Math.max(1, (top / n) ** strength)) : 0));
};

/**
 * Class counts with the copies, round(n_j a_j) [C]: what a model trained on them has as its prior,
 * and what weights, margins and logit adjustment have to be made of.
 */
export const copiedCounts = (counts: Numbers, copies: TailCopies): number[] =>
  Array.from(copyFactors(counts, copies), (factor, j) => Math.round(factor * (counts[j] ?? 0)));
