import { LongtailError } from '../common/errors';
import type { PosthocConfig, RebalanceConfig } from '../config/schema';
import { map, sigmoid } from '../methods/numbers';
import {
  addOffsets,
  chooseThreshold,
  classThresholdOffsets,
  itemsNeededToTune,
  labelThresholds,
  neverReached,
  positiveOf,
  positiveProbabilities,
  thresholdOffsets,
  thresholdsInOrder,
  usualThreshold,
  type LabelReason,
  type ThresholdRule,
} from '../methods/posthoc';
import type { TrainingData } from './data/trainingData';
import type { Corrected } from './posthoc';
import type { Predictions } from './predictions';

type ThresholdConfig = Extract<PosthocConfig, { kind: 'thresholds' }>;

interface Parts {
  readonly config: RebalanceConfig;
  readonly data: TrainingData;
  readonly predictions: Predictions;
}

const metrics = {
  f1: 'f1',
  'balanced-accuracy': 'balancedAccuracy',
  'g-mean': 'gMean',
  recall: 'recall',
  cost: 'cost',
} as const;

const ruleOf = ({ metric, costs, precisionFloor }: ThresholdConfig): ThresholdRule => ({
  metric: metrics[metric],
  ...(costs === undefined ? {} : { costs }),
  ...(precisionFloor === undefined ? {} : { precisionFloor }),
});

const report = (
  thresholds: Readonly<Record<string, number>>,
  note: LabelReason | 'threshold.given',
): Pick<Corrected, 'posthoc' | 'selectedOn' | 'nearestMean'> => ({
  posthoc: { kind: 'thresholds', tau: null, tried: [], note, thresholds },
  selectedOn: note === 'threshold.given' ? 'fixed' : 'validation',
  nearestMean: null,
});

const byName = (names: readonly string[], values: readonly number[]): Record<string, number> =>
  Object.fromEntries(names.map((name, j) => [name, values[j] ?? usualThreshold]));

/** Thresholds as the config gives them by class. */
const given = (at: NonNullable<ThresholdConfig['at']>, { data, predictions }: Parts): Corrected => {
  const { classNames, trainCounts, multi } = data;
  const held = predictions.validation?.logits ?? null;
  const test = predictions.test.logits;
  const values = thresholdsInOrder(at, classNames, multi === null);
  if (multi !== null)
    return {
      ...{ validation: held, test, thresholds: values },
      ...report(byName(classNames, values), 'threshold.given'),
    };
  const offsets = classThresholdOffsets(values);
  const shift = (logits: ArrayLike<number>): Float64Array =>
    addOffsets(logits, values.length, () => offsets);
  // Of two classes reports state one threshold: from where on the rarer is predicted.
  const positive = positiveOf(trainCounts);
  const name = classNames[positive] ?? '';
  const shown =
    values.length === 2
      ? { [name]: (values[positive] ?? NaN) / values.reduce((sum, one) => sum + one, 0) }
      : byName(classNames, values);
  return {
    validation: held === null ? null : shift(held),
    ...{ test: shift(test), thresholds: undefined },
    ...report(shown, 'threshold.given'),
  };
};

/** One threshold a label, each chosen by itself. */
const perLabel = (
  rule: ThresholdRule,
  { data, predictions }: Parts,
  held: ArrayLike<number>,
): Corrected => {
  const { classNames, multi, split } = data;
  const labels = multi?.targets(split.validation) ?? new Uint8Array();
  const found = labelThresholds(
    { scores: map(held, sigmoid), labels, count: classNames.length },
    rule,
    { fallback: 0.5 },
  );
  const some = found.some(({ reason }) => reason === 'threshold.chosen');
  const thresholds = found.map(({ threshold }) => threshold);
  const note = some ? 'threshold.chosen' : (found[0]?.reason ?? 'threshold.fewItems');
  return {
    ...{ validation: held, test: predictions.test.logits, thresholds },
    ...report(byName(classNames, thresholds), note),
  };
};

/** One threshold on the rarer class of two, as an offset on its logits. */
const ofTwo = (
  rule: ThresholdRule,
  { config, data, predictions }: Parts,
  held: ArrayLike<number>,
): Corrected => {
  const { trainCounts, classNames, split, classOf } = data;
  const positive = positiveOf(trainCounts);
  const labels = Uint8Array.from(split.validation, (row) => Number(classOf[row] === positive));
  const positives = labels.reduce((sum, one) => sum + one, 0);
  const negatives = labels.length - positives;
  const name = classNames[positive] ?? '';
  const as = (threshold: number, note: LabelReason): Corrected => {
    const offsets = thresholdOffsets(threshold, positive);
    const shift = (logits: ArrayLike<number>): Float64Array => addOffsets(logits, 2, () => offsets);
    return {
      validation: shift(held),
      test: shift(predictions.test.logits),
      thresholds: undefined,
      ...report({ [name]: Math.min(threshold, neverReached) }, note),
    };
  };
  if (Math.min(positives, negatives) < itemsNeededToTune) return as(0.5, 'threshold.fewItems');
  const { prior } = config.goal;
  const share = typeof prior === 'string' ? null : (prior[name] ?? 0);
  const total =
    typeof prior === 'string' ? 1 : classNames.reduce((sum, own) => sum + (prior[own] ?? 0), 0);
  // Given shares weigh the items; the data's own are those of validation already.
  const weights =
    share === null || share <= 0 || share >= total
      ? { positive: 1, negative: 1 }
      : { positive: share / positives, negative: (total - share) / negatives };
  const chosen = chooseThreshold(positiveProbabilities(held, positive), labels, rule, weights);
  return chosen === null
    ? as(0.5, 'threshold.unreachable')
    : as(chosen.threshold, 'threshold.chosen');
};

/**
 * Thresholds chosen on validation by the config's metric and floor: one for two classes, one a
 * label for several. Where a class or label has too few items, or no threshold is precise enough,
 * one half stays. Thresholds that the config gives are taken as they are.
 */
export const moveThresholds = (posthoc: ThresholdConfig, parts: Parts): Corrected => {
  if (posthoc.at !== undefined) return given(posthoc.at, parts);
  const held = parts.predictions.validation?.logits;
  if (held === undefined) throw new LongtailError('train/tune-without-validation', {});
  return (parts.data.multi === null ? ofTwo : perLabel)(ruleOf(posthoc), parts, held);
};
