import { createRandom } from '../common/random';
import { pairedLabelF1 } from '../methods/metrics';
import { at, sigmoid } from '../methods/numbers';
import {
  crossFit,
  labelCells,
  labelThresholds,
  macroLabelF1,
  predictLabels,
  stratifiedFolds,
  usualFolds,
  usualThreshold,
  type LabelCells,
  type LabelThreshold,
  type ThresholdRule,
} from '../methods/posthoc';
import type { ModelOutputs, Tried } from './types';

/** Thresholds of a multi-label model: as it is, and one a label. */
export interface LabelOutcome {
  readonly tried: readonly Tried[];
  readonly before: readonly LabelCells[];
  readonly after: readonly LabelCells[];
  readonly thresholds: readonly LabelThreshold[];
  /** Probabilities [items][L]. */
  readonly probabilities: Float64Array;
  /** 0 or 1 [items][L], by the thresholds chosen on all items. */
  readonly decisions: Uint8Array;
}

/** The rarest label of each item, a number of its own for items without any: what folds are spread by. */
const rarestLabels = (labels: Int32Array, count: number): Int32Array => {
  const totals = new Float64Array(count);
  labels.forEach((value, i) => (totals[i % count] = at(totals, i % count) + value));
  return Int32Array.from({ length: labels.length / count }, (_, item) => {
    let rarest = count;
    for (let label = 0; label < count; label++)
      if (
        at(labels, item * count + label) === 1 &&
        (rarest === count || at(totals, label) < at(totals, rarest))
      )
        rarest = label;
    return rarest;
  });
};

/**
 * One threshold a label, chosen by the rule on the items to choose on, or cross-fitted over five
 * folds where there are no others. Compared with one half for every label.
 */
export const tryMultiLabel = (
  outputs: ModelOutputs & { readonly logits: Float64Array },
  select: ModelOutputs | null,
  { rule, seed }: { readonly rule: ThresholdRule; readonly seed: number },
): LabelOutcome => {
  const count = outputs.classNames.length;
  const { labels } = outputs;
  const probabilities = outputs.logits.map(sigmoid);
  const on =
    select === null || select.logits === null
      ? { scores: probabilities, labels, count }
      : { scores: select.logits.map(sigmoid), labels: select.labels, count };
  const options = { fallback: usualThreshold };
  const thresholds = labelThresholds(on, rule, options);
  const valueOf = (label: number): number => thresholds[label]?.threshold ?? usualThreshold;
  const decisions = predictLabels(probabilities, count, (_, label) => valueOf(label));
  const honest = Uint8Array.from(decisions);
  if (select === null)
    crossFit(
      stratifiedFolds(rarestLabels(labels, count), usualFolds, createRandom(seed, 'labels')),
      (items) => labelThresholds(on, rule, { ...options, items }),
      (fitted, items) => {
        for (const item of items)
          fitted.forEach(({ threshold }, label) => {
            const i = item * count + label;
            honest[i] = Number(at(probabilities, i) >= threshold);
          });
      },
    );
  const plain = predictLabels(probabilities, count, () => usualThreshold);
  const before = labelCells(labels, plain, count);
  const after = labelCells(labels, honest, count);
  const pair = { targets: labels, count, a: plain, b: honest };
  const gain = pairedLabelF1(pair, { random: createRandom(seed, 'gain') });
  const chosen = thresholds.filter(({ reason }) => reason === 'threshold.chosen').length;
  return {
    tried: [
      {
        kind: 'plain',
        tau: null,
        title: { code: 'posthoc/recipe/plain', params: {} },
        how: 'fixed',
        scores: null,
        macroF1: macroLabelF1(before),
        gain: null,
      },
      {
        kind: 'thresholds',
        tau: null,
        title: { code: 'posthoc/recipe/label-thresholds', params: { count: chosen } },
        how: select === null ? 'cross-fitted' : 'selected',
        scores: null,
        macroF1: macroLabelF1(after),
        gain,
      },
    ],
    before,
    after,
    thresholds,
    probabilities,
    decisions,
  };
};
