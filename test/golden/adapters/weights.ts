import { classPrior, logPrior } from '../../../src/methods/priors';
import {
  classWeights,
  deferredWeights,
  effectiveNumber,
  ldamMargins,
} from '../../../src/methods/weights';
import type { WeightKind, WeightParams } from '../../../src/methods/weights';
import type { JsonObject } from '../files';
import { number, numbers, oneOf } from '../read';
import type { Adapter, Adapters } from './types';

const functions = ['x', 'sqrt', 'log1p'] as const;

const rule =
  (kind: WeightKind, read: (input: JsonObject) => WeightParams = () => ({})): Adapter =>
  (input) => {
    const counts = numbers(input['counts']);
    const params = read(input);
    return {
      raw: classWeights(kind, counts, { ...params, normalisation: 'none' }),
      sumC: classWeights(kind, counts, { ...params, normalisation: 'sumC' }),
      sampleMean1: classWeights(kind, counts, { ...params, normalisation: 'sampleMean1' }),
      ...(params.beta === undefined
        ? {}
        : { effectiveNumber: counts.map((n) => effectiveNumber(n, params.beta ?? NaN)) }),
    };
  };

export const weights: Adapters = {
  inverse: rule('inverse'),
  sqrtInverse: rule('inverse-sqrt'),
  maxOver: rule('max-over'),
  minOverPower: rule('min-over-power', (input) => ({ gamma: number(input['gamma']) })),
  sklearnBalanced: rule('balanced'),
  gf: rule('general', (input) => ({
    f: oneOf(input['f'], functions),
    g: oneOf(input['g'], functions),
  })),
  effectiveNumber: rule('effective-number', (input) => ({ beta: number(input['beta']) })),
  ldamMargin: (input) => ({
    margins: ldamMargins(numbers(input['counts']), number(input['maxMargin'])),
  }),
  drw: (input) => ({
    weights: deferredWeights(numbers(input['counts']), number(input['epoch']), {
      switchEpoch: number(input['switchEpoch']),
      beta: number(input['beta']),
    }),
  }),
  logPrior: (input) => {
    const counts = numbers(input['counts']);
    return { prior: classPrior(counts), logPrior: logPrior(counts).values };
  },
};
