import { LongtailError } from '../common/errors';
import { createRandom } from '../common/random';
import { lossTraits } from '../config/losses';
import { samplerTraits } from '../config/samplers';
import type { RebalanceConfig } from '../config/schema';
import { weightTraits } from '../config/weights';
import { map } from '../methods/numbers';
import { chooseTau, shiftPrior } from '../methods/posthoc';
import { effectivePrior, logPrior, scaledLogs } from '../methods/priors';
import type { RunReport } from '../report/types';
import type { TrainingData } from './data/trainingData';
import type { Predictions } from './predictions';
import type { Scorer } from './score';

/** What a post-hoc correction came to. */
export interface Corrected {
  /** Row-major [items][C]. */
  readonly validation: ArrayLike<number> | null;
  readonly test: ArrayLike<number>;
  /** Probability from which each label is given [C], where an item may have several. */
  readonly thresholds?: readonly number[] | undefined;
  readonly posthoc: RunReport['posthoc'];
  readonly selectedOn: RunReport['selectedOn'];
}

/** Log of the prior the last stage's model carries, −Infinity for an empty class. */
const trainedLogPrior = (config: RebalanceConfig, counts: readonly number[]): Float64Array => {
  const last = config.stages.at(-1);
  if (last === undefined) throw new LongtailError('train/no-stage');
  const { sampler, loss, weights } = last;
  const classWeights = weightTraits(weights).weights(counts);
  const prior = effectivePrior(counts, {
    samplingProbabilities: samplerTraits(sampler).probabilities(counts),
    ...(classWeights === null ? {} : { classWeights }),
    adjustedTau: lossTraits(loss).adjustedTau,
  });
  return map(prior, Math.log);
};

/**
 * Log of the class shares the model will meet: all 0 where every class counts alike, the shares of
 * the data (not those a sampler made of them) for `as-trained`.
 */
const targetLogPrior = (
  prior: RebalanceConfig['goal']['prior'],
  data: TrainingData,
): Float64Array => {
  if (prior === 'uniform') return new Float64Array(data.classNames.length);
  if (prior === 'as-trained') return logPrior(data.trainCounts).values;
  return Float64Array.from(data.classNames, (name) => Math.log(prior[name] ?? 0));
};

/** Refuses what cannot be done before hours of training: a choice without anything to choose on. */
export const checkPosthoc = (config: RebalanceConfig, data: TrainingData): void => {
  const { posthoc } = config;
  const tunes = posthoc.kind === 'logit-adjustment' && posthoc.tau === 'auto';
  if (tunes && data.split.validation.length === 0)
    throw new LongtailError('train/tune-without-validation', {});
};

const pickTau = (
  wanted: number | 'auto',
  uniform: boolean,
  validation: { readonly logits: ArrayLike<number>; readonly labels: ArrayLike<number> } | null,
  options: { readonly logPrior: Float64Array; readonly seed: number },
): Pick<RunReport['posthoc'], 'tau' | 'tried' | 'note'> => {
  if (wanted !== 'auto') return { tau: wanted, tried: [], note: 'tau.fixed' };
  // Balanced accuracy says nothing about another target: the theory's value stays.
  if (!uniform || validation === null) return { tau: 1, tried: [], note: 'tau.otherTarget' };
  const { logPrior, seed } = options;
  const random = createRandom(seed, 'tau');
  const classes = logPrior.length;
  const { tau, tried, reason } = chooseTau({ ...validation, classes }, logPrior, { random });
  return { tau, tried, note: reason };
};

/**
 * Applies the config's post-hoc correction to saved logits: z − τ log π + log target, with π the
 * prior the model was trained on. τ is fixed or chosen on validation; test is only transformed.
 */
export const correct = (
  config: RebalanceConfig,
  data: TrainingData,
  predictions: Predictions,
  scorer: Scorer,
): Corrected => {
  const { posthoc, goal, seed } = config;
  const validation = predictions.validation?.logits ?? null;
  const test = predictions.test.logits;
  if (posthoc.kind !== 'none' && posthoc.kind !== 'logit-adjustment')
    throw new LongtailError('train/not-built', { name: posthoc.kind });
  if (posthoc.kind === 'none') {
    const none = { kind: 'none', tau: null, tried: [], note: '' };
    return { validation, test, posthoc: none, selectedOn: 'fixed' };
  }
  const trained = trainedLogPrior(config, data.trainCounts);
  const choice = pickTau(
    posthoc.tau,
    goal.prior === 'uniform',
    validation === null ? null : scorer.split(validation, data.split.validation),
    { logPrior: trained, seed },
  );
  const logPriors = {
    trained: scaledLogs(trained, choice.tau ?? 1),
    target: targetLogPrior(goal.prior, data),
  };
  const shift = (logits: ArrayLike<number>): Float64Array =>
    shiftPrior(logits, data.classNames.length, logPriors);
  return {
    validation: validation === null ? null : shift(validation),
    test: shift(test),
    posthoc: { kind: posthoc.kind, ...choice },
    selectedOn: posthoc.tau === 'auto' ? 'validation' : 'fixed',
  };
};
