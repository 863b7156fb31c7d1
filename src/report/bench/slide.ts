import { recallScores, type RecallScores } from '../../methods/metrics';
import { at, sum } from '../../methods/numbers';
import {
  chooseThreshold,
  itemsNeededToTune,
  positiveOf,
  positiveProbabilities,
  predictCorrected,
  tauGrid,
} from '../../methods/posthoc';
import type { Band } from '../../profile/types';
import {
  correctionFor,
  targetShares,
  type BenchInputs,
  type BenchSetting,
  type TargetPrior,
  type ThresholdMetric,
} from './setting';

/** Saved validation outputs with everything that corrects and scores them. */
export interface BenchModel extends BenchInputs {
  /** [items][C], before any correction. */
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  readonly assignment: readonly Band[];
}

/** A place of a slider and the scores there. */
export interface SlidePoint {
  readonly value: number;
  readonly scores: RecallScores;
}

/** Validation scores of a setting for classes in the shares of `prior`; null where it cannot be. */
export const scoreSetting = (
  model: BenchModel,
  setting: BenchSetting,
  prior: TargetPrior,
): RecallScores | null => {
  const correction = correctionFor(setting, model);
  if (correction === null) return null;
  return recallScores(
    model.labels,
    predictCorrected(model.logits, model.classNames.length, correction),
    { assignment: model.assignment, shares: targetShares(prior, model) ?? undefined },
  );
};

/** Scores at every value of a slider. */
export const slideOver = (
  model: BenchModel,
  values: readonly number[],
  settingAt: (value: number) => BenchSetting,
  prior: TargetPrior,
): readonly SlidePoint[] =>
  values.flatMap((value) => {
    const scores = scoreSetting(model, settingAt(value), prior);
    return scores === null ? [] : [{ value, scores }];
  });

/** Values of τ that are drawn: 0, 0.1 … 2. */
export const tauValues = tauGrid;

/** What decides which τ is best: the accuracy expected under the target. */
export const judgeTau = ({ expectedAccuracy }: RecallScores): number => expectedAccuracy;

/** The best point; of equals the nearest to τ = 1. undefined for none. */
export const bestPoint = (
  points: readonly SlidePoint[],
  judge: (scores: RecallScores) => number,
): SlidePoint | undefined =>
  [...points].sort(
    (a, b) => judge(b.scores) - judge(a.scores) || Math.abs(a.value - 1) - Math.abs(b.value - 1),
  )[0];

/** Fewest validation items of a class with training items; fewer than 20 make the best τ chance. */
export const fewestItems = ({ labels, trainCounts }: BenchModel): number => {
  const support = new Float64Array(trainCounts.length);
  for (const label of labels) support[label] = at(support, label) + 1;
  return trainCounts.reduce(
    (least, count, j) => (count > 0 ? Math.min(least, at(support, j)) : least),
    Infinity,
  );
};

/** Whether every class has the items that a choice asks for. */
export const canTune = (model: BenchModel): boolean => fewestItems(model) >= itemsNeededToTune;

/** F1 of one class. */
const f1Of = ({ recalls, support, predicted }: RecallScores, position: number): number => {
  const all = at(support, position) + at(predicted, position);
  return all === 0 ? 0 : (2 * at(recalls, position) * at(support, position)) / all;
};

/** What a threshold of two classes is judged by. */
export const judgeThreshold =
  (metric: ThresholdMetric, positive: 0 | 1) =>
  (scores: RecallScores): number =>
    metric === 'f1'
      ? f1Of(scores, positive)
      : metric === 'g-mean'
        ? scores.gMean
        : scores.balancedAccuracy;

const ruleNames = { f1: 'f1', 'balanced-accuracy': 'balancedAccuracy', 'g-mean': 'gMean' } as const;

/**
 * The threshold that training would choose by this rule: on the probability of the rarer class,
 * items weighed to given shares. One half where a class has fewer than 20 items.
 */
export const ruleThreshold = (
  model: BenchModel,
  metric: ThresholdMetric,
  prior: TargetPrior,
): number => {
  if (!canTune(model)) return 0.5;
  const positive = positiveOf(model.trainCounts);
  const labels = Uint8Array.from(model.labels, (label) => Number(label === positive));
  const positives = sum(labels);
  const negatives = labels.length - positives;
  const shares = typeof prior === 'string' ? null : targetShares(prior, model);
  const share = shares === null ? 0 : at(shares, positive);
  const rest = shares === null ? 0 : sum(shares) - share;
  const weights =
    share > 0 && rest > 0
      ? { positive: share / positives, negative: rest / negatives }
      : { positive: 1, negative: 1 };
  const scores = positiveProbabilities(model.logits, positive);
  const chosen = chooseThreshold(scores, labels, { metric: ruleNames[metric] }, weights);
  return chosen?.threshold ?? 0.5;
};
