import type { RuleFacts } from './facts';
import type { Goals } from './types';

/** How often one sample may come in an epoch before it is learnt by heart: the cap of repeat factors. */
export const mostRepeats = 10;
/** Validation items every class needs before tau is chosen on them rather than kept at 1. */
export const itemsToTune = 20;
/** Share of validation where the dataset has none of its own. */
const heldOut = 0.1;

/** Counts of the classes that have a sample. */
export const presentCounts = ({ classes }: RuleFacts): readonly number[] =>
  classes.map(({ count }) => count).filter((count) => count > 0);

/** How many classes there are of each count: of a million classes most have one of a few counts. */
const sizesOf = (counts: readonly number[]): ReadonlyMap<number, number> => {
  const sizes = new Map<number, number>();
  for (const count of counts) sizes.set(count, (sizes.get(count) ?? 0) + 1);
  return sizes;
};

/**
 * How often a sample of the smallest class comes in an epoch under p ∝ n^q (q ≤ 1), an epoch being
 * as long as the data: N·n^(q−1) / Σ n^q, largest where n is smallest.
 */
const repeatsOf = (sizes: ReadonlyMap<number, number>, q: number): number => {
  let [samples, powers, smallest] = [0, 0, Infinity];
  for (const [count, classes] of sizes) {
    samples += count * classes;
    powers += count ** q * classes;
    smallest = Math.min(smallest, count);
  }
  return (samples * smallest ** (q - 1)) / powers;
};

/** As `repeatsOf` these counts, all above 0. */
export const repeatsAt = (counts: readonly number[], q: number): number =>
  repeatsOf(sizesOf(counts), q);

const halvings = 20;

/**
 * The smallest q in [0, 1], the strongest correction, at which no sample comes more than ten times
 * an epoch. Repeats fall with q, so the interval is halved.
 */
export const powerFor = (facts: RuleFacts): { readonly q: number; readonly repeats: number } => {
  const counts = presentCounts(facts);
  if (counts.length === 0) return { q: 0, repeats: 1 };
  const sizes = sizesOf(counts);
  if (repeatsOf(sizes, 0) <= mostRepeats) return { q: 0, repeats: repeatsOf(sizes, 0) };
  let [low, high] = [0, 1];
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2;
    if (repeatsOf(sizes, middle) > mostRepeats) low = middle;
    else high = middle;
  }
  // Rounded up to hundredths: a little milder, never above the limit.
  const q = Math.min(1, Math.ceil(high * 100) / 100);
  return { q, repeats: repeatsOf(sizes, q) };
};

/** Whether tau is chosen on validation, and how many items the smallest class has there. */
export const tauFor = (
  facts: RuleFacts,
  goals: Goals,
  validation: string | number = heldOut,
): { readonly tau: 1 | 'auto'; readonly items: number } => {
  const items = typeof validation === 'number' ? facts.smallest.count * validation : 0;
  const fixed = goals.needsProbabilities === true || items < itemsToTune;
  return { tau: fixed ? 1 : 'auto', items: Math.round(items) };
};
