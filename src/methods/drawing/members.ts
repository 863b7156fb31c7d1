import type { Random } from '../../common/random';
import type { SamplerSource } from './types';

/** Items of every class, one class after the other; an item with several labels is in each. */
export interface Members {
  /** Where a class begins in `items` [C + 1]. */
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

export const membersOf = ({ labels, counts, labelLists }: SamplerSource): Members => {
  const starts = new Uint32Array(counts.length + 1);
  counts.forEach((count, label) => {
    starts[label + 1] = (starts[label] ?? 0) + count;
  });
  const next = starts.slice();
  const items = new Uint32Array(starts.at(-1) ?? 0);
  const put = (label: number, position: number): void => {
    const at = next[label] ?? 0;
    items[at] = position;
    next[label] = at + 1;
  };
  if (labelLists === undefined)
    for (let position = 0; position < labels.length; position++)
      put(labels[position] ?? 0, position);
  else
    for (const [position, own] of labelLists.entries())
      for (let i = 0; i < own.length; i++) put(own[i] ?? 0, position);
  return { starts, items };
};

/**
 * Hands out the items of a class in shuffled rounds: none comes twice before all came once. A round
 * is shuffled only as far as it is drawn.
 */
export const createRounds = (
  { starts, items }: Members,
  random: Random,
): ((label: number) => number) => {
  const order = items.slice();
  const next = starts.slice();
  return (label) => {
    const end = starts[label + 1] ?? 0;
    let at = next[label] ?? 0;
    if (at === end) at = starts[label] ?? 0;
    const other = at + random.nextInt(end - at);
    const drawn = order[other] ?? 0;
    order[other] = order[at] ?? 0;
    order[at] = drawn;
    next[label] = at + 1;
    return drawn;
  };
};
