import type { Random } from '../../common/random';
import { at } from '../numbers';
import type { Numbers } from '../numbers';
import { pairedDifference } from '../metrics/interval';
import type { PairedDifference } from '../metrics/interval';
import { predictAdjusted } from './adjust';

/** Why this tau: `words` has a sentence for each. */
export type TauReason = 'tau.fewItems' | 'tau.noDifference' | 'tau.tuned';

export interface TauChoice {
  readonly tau: number;
  readonly reason: TauReason;
  /** Fewest validation items any class (with training items) has. */
  readonly fewestItems: number;
  readonly tried: readonly { readonly tau: number; readonly balancedAccuracy: number }[];
  /** The best tau of the grid against tau 1; null where the items are too few to compare. */
  readonly against: PairedDifference | null;
}

/** Every class needs so many validation items before tau may be tuned. */
export const itemsNeededToTune = 20;

/** 0, 0.1 … 2. */
export const tauGrid: readonly number[] = Array.from({ length: 21 }, (_, i) => i / 10);

const meanRecall = (labels: Numbers, predictions: Numbers, classes: number): number => {
  const support = new Float64Array(classes);
  const correct = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    const label = at(labels, i);
    support[label] = at(support, label) + 1;
    if (at(predictions, i) === label) correct[label] = at(correct, label) + 1;
  }
  let total = 0;
  let present = 0;
  for (let j = 0; j < classes; j++) {
    if (at(support, j) === 0) continue;
    present++;
    total += at(correct, j) / at(support, j);
  }
  return present === 0 ? NaN : total / present;
};

/**
 * tau for post-hoc logit adjustment from validation logits [items][classes]. It stays 1, the value
 * the theory gives, unless every class has 20 validation items and the best of the grid beats 1 by
 * a paired interval that excludes 0: with fewer items tuning loses more than it finds. Throws
 * RangeError without any item.
 */
export const chooseTau = (
  validation: { readonly logits: Numbers; readonly labels: Numbers; readonly classes: number },
  logPrior: Numbers,
  options: {
    readonly random: Random;
    readonly grid?: readonly number[];
    readonly resamples?: number;
  },
): TauChoice => {
  const { logits, labels, classes } = validation;
  if (labels.length === 0) throw new RangeError('no validation item to choose tau on');
  const predict = (tau: number): Int32Array => predictAdjusted(logits, classes, logPrior, tau);
  const tried = [...new Set([...(options.grid ?? tauGrid), 1])]
    .sort((a, b) => a - b)
    .map((tau) => ({ tau, balancedAccuracy: meanRecall(labels, predict(tau), classes) }));
  const support = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) support[at(labels, i)] = at(support, at(labels, i)) + 1;
  const trained = support.filter((_, j) => at(logPrior, j) > -Infinity);
  const fewestItems = trained.reduce((least, n) => Math.min(least, n), Infinity);
  if (fewestItems < itemsNeededToTune)
    return { tau: 1, reason: 'tau.fewItems', fewestItems, tried, against: null };
  // The nearest to 1 among equals: a tie is no reason to move.
  const best = [...tried].sort(
    (a, b) => b.balancedAccuracy - a.balancedAccuracy || Math.abs(a.tau - 1) - Math.abs(b.tau - 1),
  )[0];
  const tau = best?.tau ?? 1;
  const against = pairedDifference(labels, { a: predict(1), b: predict(tau) }, classes, options);
  const better = against.excludesZero && against.difference > 0;
  return {
    tau: better ? tau : 1,
    reason: better ? 'tau.tuned' : 'tau.noDifference',
    fewestItems,
    tried,
    against,
  };
};
