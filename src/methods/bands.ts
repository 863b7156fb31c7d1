import type { Band, Bands } from '../profile/types';
import { at, descending } from './numbers';
import type { Numbers } from './numbers';

export type BandRequest =
  'auto' | 'count' | 'rank' | 'lvis' | { readonly manyAbove: number; readonly fewBelow: number };

export interface ResolvedBands {
  readonly bands: Bands;
  /** One band per class, in the order of the counts. */
  readonly assignment: readonly Band[];
}

const byThreshold = (counts: Numbers, bands: Bands): ResolvedBands => {
  const { manyAbove, fewBelow } = bands.thresholds;
  return {
    bands,
    assignment: Array.from(counts, (n) =>
      n > manyAbove ? 'many' : n < fewBelow ? 'few' : 'medium',
    ),
  };
};

/**
 * Thirds by rank: with s the counts in descending order and k = floor(C / 3) (1 for two classes),
 * a class is many if n >= s[k - 1], few if n <= s[C - k], medium if both or neither: equal counts
 * always share a band. A single class is medium.
 */
const byRank = (counts: Numbers): ResolvedBands => {
  const classes = counts.length;
  const sorted = descending(counts);
  const third = classes === 2 ? 1 : Math.floor(classes / 3);
  if (third === 0) {
    const only = classes > 0 ? at(sorted, 0) : 0;
    return {
      bands: { scheme: 'rank', thresholds: { manyAbove: only, fewBelow: only } },
      assignment: Array.from(counts, () => 'medium'),
    };
  }
  const head = at(sorted, third - 1);
  const tail = at(sorted, classes - third);
  return {
    bands: { scheme: 'rank', thresholds: { manyAbove: head, fewBelow: tail } },
    assignment: Array.from(counts, (n) => {
      const many = n >= head;
      const few = n <= tail;
      return many === few ? 'medium' : many ? 'many' : 'few';
    }),
  };
};

/**
 * Parts the classes into many / medium / few by training counts (before any hold-out).
 * `count`: above 100, 20 to 100, below 20. `lvis`: above 100, 11 to 100, 10 and fewer. `rank`:
 * thirds. `auto`: `count` where it leaves no band empty, else `rank`. Thresholds given are
 * `custom`. An empty class is few (under `rank` by its place).
 */
export const resolveBands = (counts: Numbers, requested: BandRequest): ResolvedBands => {
  if (typeof requested === 'object')
    return byThreshold(counts, {
      scheme: 'custom',
      thresholds: { manyAbove: requested.manyAbove, fewBelow: requested.fewBelow },
    });
  if (requested === 'rank') return byRank(counts);
  if (requested === 'lvis')
    return byThreshold(counts, { scheme: 'lvis', thresholds: { manyAbove: 100, fewBelow: 11 } });
  const counted = byThreshold(counts, {
    scheme: 'count',
    thresholds: { manyAbove: 100, fewBelow: 20 },
  });
  if (requested === 'count' || new Set(counted.assignment).size === 3) return counted;
  return byRank(counts);
};

/** Positions of the classes in a band, ascending. */
export const classesInBand = (assignment: readonly Band[], band: Band): readonly number[] =>
  assignment.flatMap((own, position) => (own === band ? [position] : []));
