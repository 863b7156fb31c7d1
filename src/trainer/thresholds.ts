import { LongtailError } from '../common/errors';
import type { PosthocConfig, RebalanceConfig } from '../config/schema';
import { map, sigmoid } from '../methods/numbers';
import {
  addOffsets,
  chooseThreshold,
  itemsNeededToTune,
  labelThresholds,
  positiveProbabilities,
  thresholdOffsets,
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
  note: LabelReason,
): Pick<Corrected, 'posthoc' | 'selectedOn' | 'nearestMean'> => ({
  posthoc: { kind: 'thresholds', tau: null, tried: [], note, thresholds },
  selectedOn: 'validation',
  nearestMean: null,
});

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
  const byName = Object.fromEntries(
    classNames.map((name, j) => [name, found[j]?.threshold ?? 0.5]),
  );
  return {
    validation: held,
    test: predictions.test.logits,
    thresholds: found.map(({ threshold }) => threshold),
    ...report(byName, some ? 'threshold.chosen' : (found[0]?.reason ?? 'threshold.fewItems')),
  };
};

/** One threshold on the rarer class of two, as an offset on its logits. */
const ofTwo = (
  rule: ThresholdRule,
  { config, data, predictions }: Parts,
  held: ArrayLike<number>,
): Corrected => {
  const { trainCounts, classNames, split, classOf } = data;
  const positive = (trainCounts[0] ?? 0) < (trainCounts[1] ?? 0) ? 0 : 1;
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
      // JSON has no Infinity: a threshold above 1 says as well that it is never reached.
      ...report({ [name]: Math.min(threshold, 2) }, note),
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
 * one half stays.
 */
export const moveThresholds = (posthoc: ThresholdConfig, parts: Parts): Corrected => {
  const held = parts.predictions.validation?.logits;
  if (held === undefined) throw new LongtailError('train/tune-without-validation', {});
  return (parts.data.multi === null ? ofTwo : perLabel)(ruleOf(posthoc), parts, held);
};
