import type { RankedCounts } from '../../src/report/figures';
import type { ClassRow } from './view';

/** Rows of classes, largest first, as figures take them. */
export const rankedCounts = (rows: readonly ClassRow[]): RankedCounts => ({
  counts: Float64Array.from(rows, ({ count }) => count),
  name: (rank) => rows[rank]?.name ?? '',
});
