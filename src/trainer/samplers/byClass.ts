import { createRandom, shuffle, type Random } from '../../common/random';
import type { Sampler, SamplerSource } from './types';

/** Position of the first value of an ascending table that is above `x`. */
const firstAbove = (table: Float64Array, x: number): number => {
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table[middle] ?? 0) > x) high = middle;
    else low = middle + 1;
  }
  return low;
};

const cumulative = (probabilities: Float64Array): Float64Array => {
  let sum = 0;
  return probabilities.map((p) => (sum += p));
};

/** Hands out the items of a class in shuffled rounds: none comes twice before all came once. */
const createRounds = (items: Uint32Array, random: Random): (() => number) => {
  let next = items.length;
  return () => {
    if (next === items.length) {
      shuffle(items, random);
      next = 0;
    }
    return items[next++] ?? 0;
  };
};

/**
 * Draws a class by its probability (each draw on its own), then the next item of that class from
 * shuffled rounds. Rounds begin anew each epoch. A class of probability 0 never comes.
 */
export const createClassSampler = (source: SamplerSource, probabilities: Float64Array): Sampler => {
  const { labels, counts, seed } = source;
  const items = counts.map((count) => new Uint32Array(count));
  const filled = counts.map(() => 0);
  labels.forEach((label, position) => {
    const at = filled[label] ?? 0;
    const own = items[label];
    if (own !== undefined) own[at] = position;
    filled[label] = at + 1;
  });
  const table = cumulative(probabilities);
  const total = table.at(-1) ?? 0;
  return {
    epoch: (epoch) => {
      const random = createRandom(seed, 'sampler', epoch);
      const rounds = items.map((own) => createRounds(own.slice(), random));
      return Uint32Array.from(labels, () => {
        const label = firstAbove(table, random.nextFloat() * total);
        return rounds[label]?.() ?? 0;
      });
    },
  };
};

/** Every item once an epoch, in a new order each time: drawing without replacement. */
export const createPermutationSampler = ({ labels, seed }: SamplerSource): Sampler => ({
  epoch: (epoch) =>
    shuffle(
      Uint32Array.from(labels, (_, position) => position),
      createRandom(seed, 'sampler', epoch),
    ),
});
