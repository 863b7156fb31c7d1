import type { Template } from '../say';

export const profile: Readonly<Record<string, Template>> = {
  'profile/ratio-with-empty': {
    one: 'The imbalance ratio leaves out {count} class without a sample in the profiled split ({names}): with it, it is infinite.',
    other:
      'The imbalance ratio leaves out {count} classes without a sample in the profiled split ({names}): with them, it is infinite.',
  },
  'profile/few-samples': {
    one: '{count} class has fewer than {limit} samples: {names}.',
    other: '{count} classes have fewer than {limit} samples: {names}.',
  },
  'profile/few-objects': {
    one: '{count} class has fewer than {limit} objects: {names}.',
    other: '{count} classes have fewer than {limit} objects: {names}.',
  },
  'profile/few-labels': {
    one: '{count} class has fewer than {limit} labels: {names}.',
    other: '{count} classes have fewer than {limit} labels: {names}.',
  },
  'profile/undefined-for-one':
    'Measures of imbalance compare classes and are undefined for a single one.',
};
