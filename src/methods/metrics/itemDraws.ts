import type { Random } from '../../common/random';
import { at } from '../numbers';

/** How often a bootstrap over items is drawn: fewer times where each goes through many cells. */
export interface Rounds {
  /** Cells looked at in one draw. */
  readonly cells: number;
  /** Cells looked at in all draws together, at most. */
  readonly mostCells: number;
  /** Draws at most; 100 are made in any case. */
  readonly resamples: number;
}

/**
 * Draws of as many items as there are, with replacement: how often each comes [items], in the same
 * array each time.
 */
export const itemDraws = function* (
  items: number,
  { cells, mostCells, resamples }: Rounds,
  random: Random,
): Generator<Uint16Array, undefined> {
  const rounds = Math.min(resamples, Math.max(100, Math.floor(mostCells / Math.max(1, cells))));
  const times = new Uint16Array(items);
  for (let round = 0; round < rounds; round++) {
    times.fill(0);
    for (let i = 0; i < items; i++) {
      const item = random.nextInt(items);
      times[item] = at(times, item) + 1;
    }
    yield times;
  }
};
