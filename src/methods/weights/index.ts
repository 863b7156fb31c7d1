import type { Numbers } from '../numbers';
import { effectiveNumberWeights } from './effectiveNumber';
import { generalWeights } from './general';
import type { WeightFunction } from './general';
import { normaliseWeights } from './normalise';
import type { WeightNormalisation } from './normalise';
import {
  balancedWeights,
  inverseWeights,
  maxOverWeights,
  minOverPowerWeights,
  squareRootWeights,
} from './power';

/** What a weight rule may ask for; each reads what it needs. */
export interface WeightParams {
  readonly beta?: number;
  readonly gamma?: number;
  readonly f?: WeightFunction;
  readonly g?: WeightFunction;
}

export type WeightRule = (counts: Numbers, params: WeightParams) => Float64Array;

/** Class weights [C] before normalisation, 0 for an empty class; one row per rule. */
export const weightRules = {
  inverse: inverseWeights,
  'inverse-sqrt': squareRootWeights,
  'max-over': maxOverWeights,
  'min-over-power': (counts, { gamma = 1 }) => minOverPowerWeights(counts, gamma),
  balanced: balancedWeights,
  'effective-number': (counts, { beta = 0.9999 }) => effectiveNumberWeights(counts, beta),
  general: (counts, { f = 'x', g = 'x' }) => generalWeights(counts, f, g),
} as const satisfies Record<string, WeightRule>;

export type WeightKind = keyof typeof weightRules;

/**
 * Class weights [C] by rule, scaled as named; `sampleMean1` keeps the learning rate of plain
 * training and is the default. Equal counts give equal weights under every rule.
 */
export const classWeights = (
  kind: WeightKind,
  counts: Numbers,
  options: WeightParams & { readonly normalisation?: WeightNormalisation } = {},
): Float64Array =>
  normaliseWeights(
    weightRules[kind](counts, options),
    counts,
    options.normalisation ?? 'sampleMean1',
  );

export * from './deferred';
export * from './effectiveNumber';
export * from './general';
export * from './margins';
export * from './normalise';
export * from './power';
