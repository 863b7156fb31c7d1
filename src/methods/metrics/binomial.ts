import type { Random } from '../../common/random';
import { at } from '../numbers';

/**
 * A sampler of Binomial(trials, probability) by its cumulative table: built once, then one uniform
 * number and a binary search a draw. The table starts at the mode, so no term underflows first.
 */
export const binomialSampler = (
  trials: number,
  probability: number,
): ((random: Random) => number) => {
  if (trials === 0 || probability <= 0) return () => 0;
  if (probability >= 1) return () => trials;
  const odds = probability / (1 - probability);
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  const table = new Float64Array(trials + 1);
  table[mode] = 1;
  for (let k = mode; k < trials; k++)
    table[k + 1] = ((at(table, k) * (trials - k)) / (k + 1)) * odds;
  for (let k = mode; k > 0; k--) table[k - 1] = (at(table, k) * k) / ((trials - k + 1) * odds);
  for (let k = 1; k <= trials; k++) table[k] = at(table, k) + at(table, k - 1);
  const total = at(table, trials);
  return (random) => {
    const wanted = random.nextFloat() * total;
    let low = 0;
    let high = trials;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((table[middle] ?? NaN) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
};
