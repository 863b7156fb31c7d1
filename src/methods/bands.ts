import type { Band, Bands } from '../profile/types';
import { countAt, groupCounts } from './distribution/countGroups';
import type { CountGroups } from './distribution/countGroups';
import { at } from './numbers';
import type { Numbers } from './numbers';

export type BandRequest =
  'auto' | 'count' | 'rank' | 'lvis' | { readonly manyAbove: number; readonly fewBelow: number };

export interface ResolvedBands {
  readonly bands: Bands;
  /** One band per class, in the order of the counts. */
  readonly assignment: readonly Band[];
}

/** A band for every count, in their order. */
const assign = (counts: Numbers, bandOf: (count: number) => Band): readonly Band[] => {
  const assignment: Band[] = [];
  for (let i = 0; i < counts.length; i++) assignment.push(bandOf(at(counts, i)));
  return assignment;
};

const thresholdBand =
  ({ thresholds: { manyAbove, fewBelow } }: Bands) =>
  (n: number): Band =>
    n > manyAbove ? 'many' : n < fewBelow ? 'few' : 'medium';

const byThreshold = (counts: Numbers, bands: Bands): ResolvedBands => ({
  bands,
  assignment: assign(counts, thresholdBand(bands)),
});

/**
 * Thirds by rank: with s the counts in descending order and k = floor(C / 3) (1 for two classes),
 * a class is many if n >= s[k - 1], few if n <= s[C - k], medium if both or neither: equal counts
 * always share a band. A single class is medium.
 */
const byRank = (counts: Numbers, groups: CountGroups): ResolvedBands => {
  const { classes } = groups;
  const third = classes === 2 ? 1 : Math.floor(classes / 3);
  if (third === 0) {
    const only = classes > 0 ? countAt(groups, classes - 1) : 0;
    return {
      bands: { scheme: 'rank', thresholds: { manyAbove: only, fewBelow: only } },
      assignment: assign(counts, () => 'medium'),
    };
  }
  const head = countAt(groups, classes - third);
  const tail = countAt(groups, third - 1);
  return {
    bands: { scheme: 'rank', thresholds: { manyAbove: head, fewBelow: tail } },
    assignment: assign(counts, (n) => {
      const many = n >= head;
      const few = n <= tail;
      return many === few ? 'medium' : many ? 'many' : 'few';
    }),
  };
};

const lvis: Bands = { scheme: 'lvis', thresholds: { manyAbove: 100, fewBelow: 11 } };
const counted: Bands = { scheme: 'count', thresholds: { manyAbove: 100, fewBelow: 20 } };

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
  if (requested === 'lvis') return byThreshold(counts, lvis);
  if (requested === 'count') return byThreshold(counts, counted);
  const groups = groupCounts(counts);
  const filled = new Set(assign(groups.values, thresholdBand(counted))).size;
  return requested === 'auto' && filled === 3
    ? byThreshold(counts, counted)
    : byRank(counts, groups);
};

/** Positions of the classes in a band, ascending. */
export const classesInBand = (assignment: readonly Band[], band: Band): readonly number[] =>
  assignment.flatMap((own, position) => (own === band ? [position] : []));
