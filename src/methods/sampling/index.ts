import type { Numbers } from '../numbers';
import { effectiveNumberSampling } from './effectiveNumber';
import { samplingProbabilities } from './power';
import { progressiveProbabilities } from './progressive';

/** What a sampling rule may ask for; each reads what it needs. */
export interface SamplingParams {
  readonly q?: number;
  readonly beta?: number;
  /** Progress of the progressive sampler, 0 … 1. */
  readonly t?: number;
}

export type SamplingRule = (counts: Numbers, params: SamplingParams) => Float64Array;

/** Class probabilities [C] by the name a config gives; one row per sampler. */
export const samplingRules = {
  instance: (counts) => samplingProbabilities(counts, 1),
  'square-root': (counts) => samplingProbabilities(counts, 0.5),
  'class-balanced': (counts) => samplingProbabilities(counts, 0),
  reversed: (counts) => samplingProbabilities(counts, -1),
  power: (counts, { q = 1 }) => samplingProbabilities(counts, q),
  progressive: (counts, { t = 0 }) => progressiveProbabilities(counts, t),
  'effective-number': (counts, { beta = 0.9999 }) =>
    effectiveNumberSampling(counts, beta).probabilities,
} as const satisfies Record<string, SamplingRule>;

export type SamplingKind = keyof typeof samplingRules;

export * from './effectiveNumber';
export * from './power';
export * from './progressive';
export * from './repeatFactor';
export * from './resample';
