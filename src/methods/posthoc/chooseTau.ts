import type { Random } from '../../common/random';
import { pairedDifference } from '../metrics/interval';
import type { PairedDifference } from '../metrics/interval';
import { at } from '../numbers';
import type { Numbers } from '../numbers';
import { predictAdjusted } from './adjust';
import { crossFit, stratifiedFolds, usualFolds } from './crossFit';

/** Why this tau: `words` has a sentence for each. */
export type TauReason = 'tau.fewItems' | 'tau.noDifference' | 'tau.tuned';

export interface TauChoice {
  readonly tau: number;
  readonly reason: TauReason;
  /** Fewest validation items any class (with training items) has. */
  readonly fewestItems: number;
  readonly tried: readonly { readonly tau: number; readonly balancedAccuracy: number }[];
  /** Cross-fitted tuning against tau 1 on the same items; null where they are too few to compare. */
  readonly against: PairedDifference | null;
  /** The tau of each item, chosen without the items of its fold; null where the items are too few. */
  readonly crossFitted: Float64Array | null;
}

/** Every class needs so many validation items before tau may be tuned. */
export const itemsNeededToTune = 20;

/** 0, 0.1 … 2. */
export const tauGrid: readonly number[] = Array.from({ length: 21 }, (_, i) => i / 10);

export interface TauOptions {
  readonly random: Random;
  readonly grid?: readonly number[];
  readonly resamples?: number;
  readonly folds?: number;
}

/** Items of each class [C]. */
const supports = (labels: Numbers, classes: number): Float64Array => {
  const support = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) support[at(labels, i)] = at(support, at(labels, i)) + 1;
  return support;
};

/** Mean recall over the classes among `items`, given which of all items are right. */
const meanRecall = (
  labels: Numbers,
  right: Uint8Array,
  classes: number,
  items: Int32Array,
): number => {
  const support = new Float64Array(classes);
  const correct = new Float64Array(classes);
  for (const i of items) {
    const label = at(labels, i);
    support[label] = at(support, label) + 1;
    correct[label] = at(correct, label) + at(right, i);
  }
  const present = Array.from(support.keys()).filter((j) => at(support, j) > 0);
  return present.reduce((sum, j) => sum + at(correct, j) / at(support, j), 0) / present.length;
};

/** The better of the settings; the nearest to 1 among equals: a tie is no reason to move. */
const bestOf = <T extends { readonly tau: number; readonly balancedAccuracy: number }>(
  tried: readonly T[],
): T | undefined =>
  [...tried].sort(
    (a, b) => b.balancedAccuracy - a.balancedAccuracy || Math.abs(a.tau - 1) - Math.abs(b.tau - 1),
  )[0];

/**
 * A tau for anything that predicts by one (post-hoc logit adjustment, tau-normalisation), by the
 * predictions it gives for items with labels [items]. It stays 1 unless every class has 20 items
 * and tuning beats 1 by a paired interval that excludes 0: with fewer items tuning loses more than
 * it finds. What is compared with 1 is cross-fitted: every item gets the tau that was best on the
 * other folds, so that the comparison does not flatter the tuned value. `trained` tells the classes
 * with training items. Throws RangeError without any item.
 */
export const chooseTauBy = (
  validation: { readonly labels: Numbers; readonly trained: readonly boolean[] },
  predict: (tau: number) => Int32Array,
  options: TauOptions,
): TauChoice => {
  const { labels, trained } = validation;
  const classes = trained.length;
  if (labels.length === 0) throw new RangeError('no validation item to choose tau on');
  const everything = Int32Array.from(labels, (_, i) => i);
  const grid = [...new Set([...(options.grid ?? tauGrid), 1])].sort((a, b) => a - b);
  const settings = grid.map((tau) => {
    const predictions = predict(tau);
    const right = Uint8Array.from(predictions, (guess, i) => Number(guess === at(labels, i)));
    return { tau, predictions, right };
  });
  const scored = (items: Int32Array) =>
    settings.map((setting) => ({
      ...setting,
      balancedAccuracy: meanRecall(labels, setting.right, classes, items),
    }));
  const overall = scored(everything);
  const tried = overall.map(({ tau, balancedAccuracy }) => ({ tau, balancedAccuracy }));
  const support = supports(labels, classes).filter((_, j) => trained[j] === true);
  const fewestItems = support.reduce((least, n) => Math.min(least, n), Infinity);
  if (fewestItems < itemsNeededToTune)
    return {
      tau: 1,
      reason: 'tau.fewItems',
      fewestItems,
      tried,
      against: null,
      crossFitted: null,
    };
  const crossFitted = new Float64Array(labels.length);
  const tuned = new Int32Array(labels.length);
  crossFit(
    stratifiedFolds(labels, options.folds ?? usualFolds, options.random),
    (items) => bestOf(scored(items)),
    (best, items) => {
      for (const i of items) {
        crossFitted[i] = best?.tau ?? 1;
        tuned[i] = best?.predictions[i] ?? -1;
      }
    },
  );
  const atOne = settings.find(({ tau }) => tau === 1)?.predictions ?? predict(1);
  const against = pairedDifference(labels, { a: atOne, b: tuned }, classes, options);
  const better = against.excludesZero && against.difference > 0;
  return {
    tau: better ? (bestOf(overall)?.tau ?? 1) : 1,
    reason: better ? 'tau.tuned' : 'tau.noDifference',
    fewestItems,
    tried,
    against,
    crossFitted,
  };
};

/** `chooseTauBy` for post-hoc logit adjustment of validation logits [items][classes]. */
export const chooseTau = (
  validation: { readonly logits: Numbers; readonly labels: Numbers; readonly classes: number },
  logPrior: Numbers,
  options: TauOptions,
): TauChoice => {
  const { logits, labels, classes } = validation;
  const trained = Array.from({ length: classes }, (_, j) => at(logPrior, j) > -Infinity);
  return chooseTauBy(
    { labels, trained },
    (tau) => predictAdjusted(logits, classes, logPrior, tau),
    options,
  );
};
