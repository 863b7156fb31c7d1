import type { Template } from '../say';

/** Numbers that methods ask for, chosen from the counts. */
export const settings: Readonly<Record<string, Template>> = {
  'setting/t':
    't = {t}: half of the {classes} classes are in a smaller share of the items and are repeated, at most {most} times. LVIS’s 0.001 would repeat {count} of them.',
  'setting/q':
    'q = {q}: the strongest balance at which no sample comes more than {most} times an epoch ({repeats.1} times one of {name}; with every class alike, q = 0, {balanced.1} times).',
  'setting/q-balanced':
    'q = 0, every class alike: even then a sample of {name} comes only {repeats.1} times an epoch.',
  'setting/beta':
    'beta = {beta}, 1 − 1 / {largest}: the largest class counts as saturated, so that weights differ by {spread} where the counts differ by {ratio}.',
  'setting/tau-1': {
    one: 'tau = 1, the value of theory: the smallest class, {name}, has about one validation item, too few to choose on (it takes {enough}).',
    other:
      'tau = 1, the value of theory: the smallest class, {name}, has about {count} validation items, too few to choose on (it takes {enough}).',
  },
  'setting/tau-auto':
    'tau is chosen on validation: even {name} has about {count} items there. It stays 1 unless another value is better beyond chance.',
  'setting/tau-probabilities':
    'tau = 1: another value would bend the probabilities, which you need.',
};
