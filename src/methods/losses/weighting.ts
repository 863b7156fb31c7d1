import type { Numbers } from '../numbers';
import { effectiveNumberWeights } from '../weights/effectiveNumber';
import { normaliseWeights } from '../weights/normalise';
import { weightItems } from './softmax';
import type { LossBatch, LossResult } from './types';

/** Effective-number weights averaging 1 over the classes, as the class-balanced losses use them. */
export const effectiveNumberClassWeights = (counts: Numbers, beta: number): Float64Array =>
  normaliseWeights(effectiveNumberWeights(counts, beta), counts, 'sumC');

/** The loss times effective-number weights where a beta is given. */
export const balanceItems = (
  result: LossResult,
  batch: LossBatch,
  beta: number | undefined,
): LossResult =>
  beta === undefined
    ? result
    : weightItems(result, batch.labels, effectiveNumberClassWeights(batch.counts, beta));
