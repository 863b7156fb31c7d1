import { expectedRepeats, samplingProbabilities } from '../methods/sampling';
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

/** How often a sample of the smallest class comes in an epoch under p ∝ n^q. */
export const repeatsAt = (counts: readonly number[], q: number): number => {
  const draws = counts.reduce((a, b) => a + b, 0);
  return Math.max(...expectedRepeats(counts, samplingProbabilities(counts, q), draws));
};

const halvings = 20;

/**
 * The smallest q in [0, 1], the strongest correction, at which no sample comes more than ten times
 * an epoch. Repeats fall with q, so the interval is halved.
 */
export const powerFor = (facts: RuleFacts): { readonly q: number; readonly repeats: number } => {
  const counts = presentCounts(facts);
  if (counts.length === 0 || repeatsAt(counts, 0) <= mostRepeats)
    return { q: 0, repeats: counts.length === 0 ? 1 : repeatsAt(counts, 0) };
  let [low, high] = [0, 1];
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2;
    if (repeatsAt(counts, middle) > mostRepeats) low = middle;
    else high = middle;
  }
  // Rounded up to hundredths: a little milder, never above the limit.
  const q = Math.min(1, Math.ceil(high * 100) / 100);
  return { q, repeats: repeatsAt(counts, q) };
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
