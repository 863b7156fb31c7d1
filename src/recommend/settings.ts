import type { Message } from '../common/errors';
import { medianFrequencyThreshold } from '../methods/sampling';
import { effectiveNumber } from '../methods/weights';
import { itemsToTune, mostRepeats, powerFor, presentCounts, repeatsAt, tauFor } from './choices';
import type { RuleFacts } from './facts';
import type { Goals } from './types';

/** A number that methods ask for, chosen from the counts. */
export interface Setting {
  /** As the literature calls it; `threshold`, `q`, `beta`, `tau` in configs. */
  readonly name: 't' | 'q' | 'beta' | 'tau';
  /** A number, or `auto`: chosen on validation. */
  readonly value: number | 'auto';
  readonly reason: Message;
}

const rounded = (value: number): number => Number(value.toPrecision(3));

/** t: half the classes lie below it and are repeated. */
const threshold = (facts: RuleFacts): Setting => {
  const items = Math.max(1, facts.total);
  const shares = presentCounts(facts).map((count) => count / items);
  const value = rounded(facts.medianImageShare ?? medianFrequencyThreshold(shares));
  const usual = facts.imageShares.filter((share) => share < 0.001).length;
  return {
    name: 't',
    value,
    reason: {
      code: 'setting/t',
      params: { t: value, classes: facts.present, count: usual, most: mostRepeats },
    },
  };
};

const power = (facts: RuleFacts): Setting => {
  const { q, repeats } = powerFor(facts);
  const balanced = repeatsAt(presentCounts(facts), 0);
  return {
    name: 'q',
    value: q,
    reason: {
      code: q === 0 ? 'setting/q-balanced' : 'setting/q',
      params: { q, repeats, balanced, most: mostRepeats, name: facts.smallest.name },
    },
  };
};

/** beta = 1 − 1 / n_max: the largest class counts as saturated, smaller ones the less the rarer. */
const beta = (facts: RuleFacts): Setting => {
  const { largest, smallest } = facts;
  const value = largest.count <= 1 ? 0 : 1 - 1 / largest.count;
  const spread = effectiveNumber(largest.count, value) / effectiveNumber(smallest.count, value);
  return {
    name: 'beta',
    value: Number(value.toPrecision(6)),
    reason: {
      code: 'setting/beta',
      params: {
        beta: Number(value.toPrecision(6)).toString(),
        largest: largest.count,
        spread,
        ratio: facts.ratio,
      },
    },
  };
};

const tau = (facts: RuleFacts, goals: Goals): Setting => {
  const { tau: value, items } = tauFor(facts, goals);
  const why = value === 'auto' ? 'auto' : goals.needsProbabilities === true ? 'probabilities' : '1';
  return {
    name: 'tau',
    value,
    reason: {
      code: `setting/tau-${why}`,
      params: { count: items, name: facts.smallest.name, enough: itemsToTune },
    },
  };
};

/** t, q, beta and tau for a profile, each with its reason; none where there is nothing to tell apart. */
export const settingsFor = (facts: RuleFacts, goals: Goals): readonly Setting[] =>
  facts.present < 2 ? [] : [threshold(facts), power(facts), beta(facts), tau(facts, goals)];
