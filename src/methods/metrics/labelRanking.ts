import { at } from '../numbers';
import type { Numbers } from '../numbers';

/** Items of one label from the largest score down, and where its groups of equal scores end. */
export interface LabelRanking {
  readonly order: Uint32Array;
  readonly endsGroup: Uint8Array;
  readonly truth: Uint8Array;
}

/** Ranks the items of one label; `truth` is 1 where an item has it [items]. */
export const labelRanking = (scores: Numbers, truth: Numbers): LabelRanking => {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => at(scores, b) - at(scores, a));
  return {
    order,
    truth: Uint8Array.from(order, (item) => at(truth, item)),
    endsGroup: Uint8Array.from(order, (item, rank) => {
      const next = order[rank + 1];
      return next === undefined || at(scores, next) !== at(scores, item) ? 1 : 0;
    }),
  };
};

/** Average precision of items that come several times; null where none that has the label comes. */
export const weightedPrecision = (
  { order, truth, endsGroup }: LabelRanking,
  times: Uint16Array,
): number | null => {
  let all = 0;
  let hits = 0;
  let before = 0;
  let total = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const n = times[order[rank] ?? 0] ?? 0;
    all += n;
    if (truth[rank] === 1) hits += n;
    if (endsGroup[rank] === 1 && hits > before) {
      total += ((hits - before) * hits) / all;
      before = hits;
    }
  }
  return hits === 0 ? null : total / hits;
};
