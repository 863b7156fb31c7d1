import { LongtailError } from '../common/errors';
import { createRandom } from '../common/random';
import { classifierAfter } from '../config/plan';
import type { PosthocConfig, RebalanceConfig } from '../config/schema';
import { trainedPrior } from '../config/trainedPrior';
import { map } from '../methods/numbers';
import {
  addOffsets,
  chooseTau,
  chooseTauBy,
  linearLogits,
  meanVariants,
  nearestMean,
  predictRows,
  priorOffsets,
  tauNormalise,
  type NearestMean,
  type TauChoice,
} from '../methods/posthoc';
import { logPrior } from '../methods/priors';
import type { RunReport } from '../report/types';
import type { TrainingData } from './data/trainingData';
import type { Fitted, Predictions } from './predictions';
import type { Scorer } from './score';
import { moveThresholds } from './thresholds';

/** What a post-hoc correction came to. */
export interface Corrected {
  /** Row-major [items][C]. */
  readonly validation: ArrayLike<number> | null;
  readonly test: ArrayLike<number>;
  /** Probabilities from which labels are given [C]; undefined where one half is, or argmax decides. */
  readonly thresholds: ArrayLike<number> | undefined;
  readonly posthoc: RunReport['posthoc'];
  readonly selectedOn: RunReport['selectedOn'];
  /** The class means that took the classifier's place; null where none did. */
  readonly nearestMean: NearestMean | null;
}

/** What a config's correction needs of the network besides the outputs of the scored rows. */
export const needsOf = ({ posthoc }: RebalanceConfig): 'outputs' | 'classifier' | 'features' =>
  posthoc.kind === 'tau-norm'
    ? 'classifier'
    : posthoc.kind === 'nearest-mean'
      ? 'features'
      : 'outputs';

/** Log of the prior the last stage's model carries, −Infinity for an empty class. */
const trainedLogPrior = (config: RebalanceConfig, counts: readonly number[]): Float64Array =>
  map(trainedPrior(config, counts), Math.log);

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

/** Whether the last classifier is a matrix of rows that can be divided by their norms. */
const isLinear = (config: RebalanceConfig): boolean => {
  const { stages } = config;
  const { kind } = classifierAfter(config, stages.length) ?? { kind: 'linear' };
  return kind === 'linear' && stages.at(-1)?.trainable !== 'scale';
};

/**
 * Refuses what cannot be done before hours of training: a choice without anything to choose on
 * (`train/tune-without-validation`), or for more than two classes
 * (`train/thresholds-classes`), norms of a classifier without rows (`train/tau-norm-classifier`).
 */
export const checkPosthoc = (config: RebalanceConfig, data: TrainingData): void => {
  const { posthoc } = config;
  const chooses = posthoc.kind === 'thresholds' && posthoc.at === undefined;
  const tunes = chooses || ('tau' in posthoc && posthoc.tau === 'auto');
  if (tunes && data.split.validation.length === 0)
    throw new LongtailError('train/tune-without-validation', {});
  if (chooses && data.multi === null && data.classNames.length !== 2)
    throw new LongtailError('train/thresholds-classes', { count: data.classNames.length });
  if (posthoc.kind === 'tau-norm' && !isLinear(config))
    throw new LongtailError('train/tau-norm-classifier', {});
};

/** Everything a correction looks at. */
interface Parts {
  readonly config: RebalanceConfig;
  readonly data: TrainingData;
  readonly predictions: Predictions;
  readonly scorer: Scorer;
}

const chosen = ({
  tau,
  tried,
  reason,
}: TauChoice): Pick<RunReport['posthoc'], 'tau' | 'tried' | 'note'> => ({
  tau,
  tried,
  note: reason,
});

const given = (tau: number, note = 'tau.fixed') => ({ tau, tried: [], note });

const selectedBy = (tau: number | 'auto'): RunReport['selectedOn'] =>
  tau === 'auto' ? 'validation' : 'fixed';

/** z − τ log π + log target, with π the prior the model was trained on. */
const adjust = (
  posthoc: Extract<PosthocConfig, { kind: 'logit-adjustment' }>,
  { config, data, predictions, scorer }: Parts,
): Corrected => {
  const { goal, seed } = config;
  const trained = trainedLogPrior(config, data.trainCounts);
  const validation = predictions.validation?.logits ?? null;
  const classes = data.classNames.length;
  const pick = () => {
    if (posthoc.tau !== 'auto') return given(posthoc.tau);
    // Balanced accuracy says nothing about another target: the theory's value stays.
    if (goal.prior !== 'uniform' || validation === null) return given(1, 'tau.otherTarget');
    const held = scorer.split(validation, data.split.validation);
    return chosen(chooseTau({ ...held, classes }, trained, { random: createRandom(seed, 'tau') }));
  };
  const choice = pick();
  const target = targetLogPrior(goal.prior, data);
  const offsets = priorOffsets({ trained, target }, choice.tau ?? 1);
  const shift = (logits: ArrayLike<number>): Float64Array =>
    addOffsets(logits, classes, () => offsets);
  return {
    validation: validation === null ? null : shift(validation),
    test: shift(predictions.test.logits),
    thresholds: undefined,
    posthoc: { kind: posthoc.kind, ...choice },
    selectedOn: selectedBy(posthoc.tau),
    nearestMean: null,
  };
};

const fittedOf = ({ predictions }: Parts): Fitted => {
  if (predictions.fitted === null) throw new RangeError('the network was not asked');
  return predictions.fitted;
};

/** Logits of the classifier whose rows are divided by their norm^τ, without bias. */
const normalise = (
  posthoc: Extract<PosthocConfig, { kind: 'tau-norm' }>,
  parts: Parts,
): Corrected => {
  const { config, data, predictions } = parts;
  const { classifier } = fittedOf(parts);
  const width = classifier.length / data.classNames.length;
  const held = predictions.validation?.features ?? null;
  const logits = (features: ArrayLike<number>, tau: number): Float64Array =>
    linearLogits(features, tauNormalise(classifier, width, tau), width);
  const trained = data.trainCounts.map((n) => n > 0);
  const masked = (scores: Float64Array): Float64Array =>
    scores.map((z, i) => (trained[i % trained.length] === true ? z : -Infinity));
  const choice =
    posthoc.tau !== 'auto' || held === null
      ? given(posthoc.tau === 'auto' ? 1 : posthoc.tau)
      : chosen(
          chooseTauBy(
            {
              labels: Int32Array.from(data.split.validation, (row) => data.classOf[row] ?? 0),
              trained,
            },
            (tau) => predictRows(masked(logits(held, tau)), trained.length),
            { random: createRandom(config.seed, 'tau') },
          ),
        );
  return {
    validation: held === null ? null : logits(held, choice.tau ?? 1),
    test: logits(predictions.test.features, choice.tau ?? 1),
    thresholds: undefined,
    posthoc: { kind: posthoc.kind, ...choice },
    selectedOn: selectedBy(posthoc.tau),
    nearestMean: null,
  };
};

/** Similarity to the class means of the training features. */
const nearest = (
  posthoc: Extract<PosthocConfig, { kind: 'nearest-mean' }>,
  parts: Parts,
): Corrected => {
  const { data, predictions } = parts;
  const { train } = fittedOf(parts);
  if (train === null) throw new RangeError('the training features are missing');
  const rows = data.split.train;
  const labels = Int32Array.from(rows, (row) => data.classOf[row] ?? 0);
  const shape = { width: train.length / rows.length, classes: data.classNames.length };
  const model = nearestMean(train, labels, shape, meanVariants[posthoc.variant]);
  const { validation, test } = predictions;
  return {
    validation: validation === null ? null : model.scores(validation.features),
    test: model.scores(test.features),
    thresholds: undefined,
    posthoc: { kind: posthoc.kind, tau: null, tried: [], note: '' },
    selectedOn: 'fixed',
    nearestMean: model,
  };
};

/**
 * Applies the config's post-hoc correction to saved outputs. Whatever is chosen is chosen on
 * validation; test is only transformed.
 */
export const correct = (
  config: RebalanceConfig,
  data: TrainingData,
  predictions: Predictions,
  scorer: Scorer,
): Corrected => {
  const { posthoc } = config;
  const parts: Parts = { config, data, predictions, scorer };
  switch (posthoc.kind) {
    case 'none':
      return {
        validation: predictions.validation?.logits ?? null,
        test: predictions.test.logits,
        thresholds: undefined,
        posthoc: { kind: 'none', tau: null, tried: [], note: '' },
        selectedOn: 'fixed',
        nearestMean: null,
      };
    case 'logit-adjustment':
      return adjust(posthoc, parts);
    case 'tau-norm':
      return normalise(posthoc, parts);
    case 'nearest-mean':
      return nearest(posthoc, parts);
    case 'thresholds':
      return moveThresholds(posthoc, parts);
  }
};
