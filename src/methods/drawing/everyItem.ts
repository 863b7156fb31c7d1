import { shuffle, type Random } from '../../common/random';
import { createRounds, membersOf } from './members';
import type { Drawing, SamplerSource } from './types';

/** Every item once an epoch, in a new order each time: drawing without replacement. */
export const drawEveryItem = (items: number): Drawing => ({
  draws: items,
  order: (random) => {
    const order = new Uint32Array(items);
    for (let i = 0; i < items; i++) order[i] = i;
    return shuffle(order, random);
  },
});

/**
 * Classes grown or shrunk to sizes [C], in a random order: of a class that grows all items, and
 * extra ones with replacement; of one that shrinks a subset, another each epoch.
 */
export const drawResampled = (
  source: SamplerSource,
  draws: number,
  sizes: readonly number[],
): Drawing => {
  const members = membersOf(source);
  return {
    draws,
    order: (random) => {
      const next = createRounds(members, random);
      const order = new Uint32Array(draws);
      let at = 0;
      sizes.forEach((size, label) => {
        const count = source.counts[label] ?? 0;
        const start = members.starts[label] ?? 0;
        if (size < count) {
          for (let i = 0; i < size; i++) order[at++] = next(label);
          return;
        }
        const own = members.items.subarray(start, start + count);
        order.set(own, at);
        at += count;
        for (let i = count; i < size; i++) order[at++] = own[random.nextInt(count)] ?? 0;
      });
      return shuffle(order, random);
    },
  };
};

/**
 * Positions among `fractions` (each in [0, 1)) that get one more: `picks` of them, none twice, each
 * with a probability proportional to its fraction. Systematic sampling over a random order (Madow,
 * Annals of Mathematical Statistics 1949).
 */
const pickByFraction = (fractions: Float64Array, picks: number, random: Random): Uint32Array => {
  const candidates = shuffle(
    Uint32Array.from(fractions.keys()).filter((position) => (fractions[position] ?? 0) > 0),
    random,
  );
  let sum = 0;
  for (const position of candidates) sum += fractions[position] ?? 0;
  const step = sum / picks;
  let mark = random.nextFloat() * step;
  let reached = 0;
  let found = 0;
  const picked = new Uint32Array(picks);
  for (const position of candidates) {
    reached += fractions[position] ?? 0;
    if (found < picks && mark < reached) {
      picked[found++] = position;
      mark += step;
    }
  }
  // Rounding may leave the last mark beyond the sum.
  for (const position of candidates)
    if (found < picks && !picked.includes(position)) picked[found++] = position;
  return picked;
};

/** Draws of an epoch that repeats item i `factors[i]` times in the mean: their sum, rounded. */
const repeatedDraws = (factors: Float64Array): number => {
  let sum = 0;
  for (const factor of factors) sum += factor;
  return Math.round(sum);
};

/**
 * Every item ⌊r⌋ or ⌈r⌉ times for its factor r ≥ 1 [N], in a random order; the fractions are drawn
 * anew each epoch, so many in all that epochs are equally long. Gupta et al., CVPR 2019.
 */
export const drawRepeated = (factors: Float64Array): Drawing => {
  const draws = repeatedDraws(factors);
  const fractions = factors.map((factor) => factor - Math.floor(factor));
  return {
    draws,
    order: (random) => {
      const order = new Uint32Array(draws);
      let at = 0;
      for (let position = 0; position < factors.length; position++)
        for (let i = Math.floor(factors[position] ?? 0); i > 0; i--) order[at++] = position;
      order.set(pickByFraction(fractions, draws - at, random), at);
      return shuffle(order, random);
    },
  };
};
