import type { RankedCounts } from '../../src/report/figures';
import { rankPlaces } from './order';
import type { Classes } from './classes';

/** Values of classes by rank. */
export const inOrder = (order: Uint32Array, values: Float64Array): Float64Array => {
  const sorted = new Float64Array(order.length);
  for (let rank = 0; rank < sorted.length; rank++) sorted[rank] = values[order[rank] ?? 0] ?? 0;
  return sorted;
};

/** Classes, largest first, as figures take them; by other counts than their own where these are given. */
export const rankedCounts = (classes: Classes, counts?: Float64Array): RankedCounts => {
  const order = counts === undefined ? classes.order : rankPlaces(counts, classes.names);
  return {
    counts: inOrder(order, counts ?? classes.counts),
    name: (rank) => {
      const place = order[rank];
      return place === undefined ? '' : classes.name(place);
    },
  };
};
