import { map } from '../../methods/numbers';
import type { Numbers } from '../../methods/numbers';
import {
  classThresholdOffsets,
  normCorrection,
  positiveOf,
  priorOffsets,
  thresholdOffsets,
  usualThreshold,
  type ClassCorrection,
} from '../../methods/posthoc';
import { logPrior } from '../../methods/priors';
import type { RunReport } from '../types';

export type TargetPrior = RunReport['targetPrior'];

/** Rules by which the bench marks a threshold as best. */
export const thresholdMetrics = ['f1', 'balanced-accuracy', 'g-mean'] as const;
export type ThresholdMetric = (typeof thresholdMetrics)[number];

/** A correction of saved logits as the bench sets it. */
export type BenchSetting =
  | { readonly kind: 'none' }
  | { readonly kind: 'logit-adjustment'; readonly tau: number; readonly prior: TargetPrior }
  | { readonly kind: 'tau-norm'; readonly tau: number }
  /** Of two classes, on the probability of the rarer one; no rule where it was set by hand. */
  | {
      readonly kind: 'thresholds';
      readonly metric: ThresholdMetric | null;
      readonly threshold: number;
    }
  /** With several labels an item: a threshold each, in the order of the classes. */
  | {
      readonly kind: 'label-thresholds';
      readonly metric: ThresholdMetric | null;
      readonly thresholds: readonly number[];
    }
  /** Of classes that exclude each other, in their order: the largest p / t is predicted. */
  | { readonly kind: 'class-thresholds'; readonly thresholds: readonly number[] };

/** What corrections are made of. */
export interface BenchInputs {
  readonly classNames: readonly string[];
  /** Training counts after hold-out [C]. */
  readonly trainCounts: readonly number[];
  /** Log of the prior the model carries [C]; -Infinity for an empty class. */
  readonly trained: Numbers;
  /** Norms and biases of the last layer [C]; null where it has no rows to divide. */
  readonly layer: { readonly norms: Numbers; readonly biases: Numbers } | null;
}

/** Class shares of a target [C], as they are given; null where every class counts alike. */
export const targetShares = (
  prior: TargetPrior,
  { classNames, trainCounts }: Pick<BenchInputs, 'classNames' | 'trainCounts'>,
): Float64Array | null => {
  if (prior === 'uniform') return null;
  if (prior === 'as-trained') return map(logPrior(trainCounts).values, Math.exp);
  return Float64Array.from(classNames, (name) => prior[name] ?? 0);
};

/**
 * What a setting does to every class's logits; null where this model cannot be corrected so. A
 * class without training items is never predicted, as everywhere.
 */
export const correctionFor = (
  setting: BenchSetting,
  inputs: BenchInputs,
): ClassCorrection | null => {
  const filled = inputs.trainCounts.map((count) => count > 0);
  const masked = (offsets: Float64Array): ClassCorrection => ({
    scales: null,
    offsets: map(offsets, (offset, j) => (filled[j] === true ? offset : -Infinity)),
  });
  switch (setting.kind) {
    case 'none':
      return masked(new Float64Array(inputs.classNames.length));
    case 'logit-adjustment': {
      const shares = targetShares(setting.prior, inputs);
      const target =
        shares === null ? new Float64Array(inputs.classNames.length) : map(shares, Math.log);
      return masked(priorOffsets({ trained: inputs.trained, target }, setting.tau));
    }
    case 'tau-norm':
      return inputs.layer === null ? null : normCorrection(inputs.layer, filled, setting.tau);
    case 'thresholds':
      return inputs.classNames.length === 2
        ? masked(thresholdOffsets(setting.threshold, positiveOf(inputs.trainCounts)))
        : null;
    case 'class-thresholds':
      return inputs.classNames.length === setting.thresholds.length
        ? masked(classThresholdOffsets(setting.thresholds))
        : null;
    case 'label-thresholds':
      // Decisions of labels are no choice among classes.
      return null;
  }
};

/** The correction a report's scores were made with; null for one the bench does not know. */
export const settingOf = ({
  posthoc,
  targetPrior,
  dataset,
  trainCounts,
}: RunReport): BenchSetting | null => {
  const { kind, tau } = posthoc;
  if (kind === 'none') return { kind };
  if (kind === 'logit-adjustment' && tau !== null) return { kind, tau, prior: targetPrior };
  if (kind === 'tau-norm' && tau !== null) return { kind, tau };
  const { thresholds } = posthoc;
  if (kind !== 'thresholds' || thresholds === undefined) return null;
  const { classNames } = dataset;
  if (classNames.length !== 2)
    return {
      kind: 'class-thresholds',
      thresholds: classNames.map((name) => thresholds[name] ?? usualThreshold),
    };
  const threshold = thresholds[classNames[positiveOf(trainCounts)] ?? ''];
  return threshold === undefined ? null : { kind, metric: null, threshold };
};
