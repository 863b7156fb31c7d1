import { shuffle, type Random } from '../../common/random';
import { createRounds, membersOf } from './members';
import type { Drawing, SamplerSource } from './types';

/**
 * Draws positions by their probabilities, by inverting the cumulative ones. A guide says where to
 * begin looking, so that a draw costs the same whatever the number of classes (Chen and Asau, 1974).
 */
const createPicker = (probabilities: Float64Array, random: Random): (() => number) => {
  const guides = 2 * probabilities.length;
  let sum = 0;
  const table = probabilities.map((p) => (sum += p));
  const guide = new Uint32Array(guides);
  for (let i = 0, at = 0; i < guides; i++) {
    while ((table[at] ?? Infinity) <= (i / guides) * sum) at++;
    guide[i] = at;
  }
  return () => {
    const share = random.nextFloat();
    let at = guide[Math.floor(share * guides)] ?? 0;
    while ((table[at] ?? Infinity) <= share * sum) at++;
    return at;
  };
};

/**
 * Draws a class by its probability of the epoch (each draw on its own), then the next item of that
 * class from shuffled rounds. Rounds begin anew each epoch. A class of probability 0 never comes.
 */
export const drawClassFirst = (
  source: SamplerSource,
  draws: number,
  probabilities: (epoch: number, epochs: number) => Float64Array,
): Drawing => {
  const members = membersOf(source);
  return {
    draws,
    order: (random, epoch, epochs) => {
      const pick = createPicker(probabilities(epoch, epochs), random);
      const next = createRounds(members, random);
      const order = new Uint32Array(draws);
      for (let i = 0; i < draws; i++) order[i] = next(pick());
      return order;
    },
  };
};

/**
 * Walks the classes that have items in shuffled rounds and takes so many items of each in a row.
 * Kang et al., ICLR 2020, as their code does it.
 */
export const drawClassCycle = (source: SamplerSource, draws: number, perClass: number): Drawing => {
  const members = membersOf(source);
  const present = source.counts.flatMap((count, label) => (count > 0 ? [label] : []));
  return {
    draws,
    order: (random) => {
      const next = createRounds(members, random);
      const classes = Uint32Array.from(present);
      const order = new Uint32Array(draws);
      const round = perClass * classes.length;
      for (let i = 0; i < draws; i++) {
        if (i % round === 0) shuffle(classes, random);
        order[i] = next(classes[Math.floor((i % round) / perClass)] ?? 0);
      }
      return order;
    },
  };
};
