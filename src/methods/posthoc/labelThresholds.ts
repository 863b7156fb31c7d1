import { at } from '../numbers';
import type { Numbers } from '../numbers';
import { itemsNeededToTune } from './chooseTau';
import { chooseThreshold } from './thresholdRules';
import type { ThresholdRule } from './thresholdRules';

/** Why a label has its threshold: chosen, or too few items with or without it to choose on. */
export type LabelReason = 'threshold.chosen' | 'threshold.fewItems' | 'threshold.unreachable';

/** Stands for a threshold that no probability reaches: JSON has no Infinity. */
export const neverReached = 2;

export interface LabelThreshold {
  /** On the probability; `neverReached` where it is best to give the label to nothing. */
  readonly threshold: number;
  readonly reason: LabelReason;
  /** Items that have the label, among those it was chosen on. */
  readonly positives: number;
}

export interface MultiLabelItems {
  /** Probabilities [items][labels]. */
  readonly scores: Numbers;
  /** 0 or 1 [items][labels]. */
  readonly labels: Numbers;
  readonly count: number;
}

/**
 * One threshold a label, each chosen by itself on the items given (`items`, all where absent). A
 * label with fewer than 20 items that have it, or lack it, keeps `fallback`: chosen on fewer it
 * would follow chance. Precision floors that no threshold reaches leave the label at `fallback` too.
 */
export const labelThresholds = (
  { scores, labels, count }: MultiLabelItems,
  rule: ThresholdRule,
  options: { readonly fallback: number; readonly least?: number; readonly items?: Int32Array },
): readonly LabelThreshold[] => {
  const { fallback, least = itemsNeededToTune } = options;
  const items = options.items ?? Int32Array.from({ length: labels.length / count }, (_, i) => i);
  return Array.from({ length: count }, (_, label): LabelThreshold => {
    const truth = Uint8Array.from(items, (item) => at(labels, item * count + label));
    const positives = truth.reduce((sum, one) => sum + one, 0);
    if (Math.min(positives, truth.length - positives) < Math.max(1, least))
      return { threshold: fallback, reason: 'threshold.fewItems', positives };
    const own = Float64Array.from(items, (item) => at(scores, item * count + label));
    const chosen = chooseThreshold(own, truth, rule);
    return chosen === null
      ? { threshold: fallback, reason: 'threshold.unreachable', positives }
      : {
          threshold: Math.min(chosen.threshold, neverReached),
          reason: 'threshold.chosen',
          positives,
        };
  });
};

/** 1 where a score [items][labels] reaches the threshold that holds for it, else 0. */
export const predictLabels = (
  scores: Numbers,
  count: number,
  thresholdOf: (item: number, label: number) => number,
): Uint8Array =>
  Uint8Array.from(scores, (score, i) =>
    score >= thresholdOf(Math.floor(i / count), i % count) ? 1 : 0,
  );
