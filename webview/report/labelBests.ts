import type { LabelThreshold } from '../../src/methods/posthoc';
import {
  labelPoints,
  labelSums,
  ruleThresholdOf,
  type LabelModel,
  type LabelPoint,
  type LabelSums,
} from '../../src/report/bench/labels';
import type { ThresholdMetric } from '../../src/report/bench/setting';

/** Labels whose best is looked for before the page gets its turn. */
const labelsAtOnce = 8;

/** The best thresholds of a rule, found a few labels at a time: of hundreds it takes seconds. */
export interface LabelBests {
  of(label: number): LabelThreshold;
  /** null until all are known; `found` is called then. */
  all(): Float64Array | null;
  /** Scores with all of them; null likewise. */
  sums(): LabelSums | null;
}

const bestsOf = (model: LabelModel, metric: ThresholdMetric, found: () => void): LabelBests => {
  const known: (LabelThreshold | undefined)[] = [];
  const kept: { all?: Float64Array; sums?: LabelSums } = {};
  const of = (label: number): LabelThreshold =>
    (known[label] ??= ruleThresholdOf(model, label, metric));
  const goOn = (from: number): void => {
    const labels = model.classNames.length;
    const to = Math.min(labels, from + labelsAtOnce);
    for (let label = from; label < to; label++) of(label);
    if (to < labels) setTimeout(() => goOn(to));
    else {
      kept.all = Float64Array.from(model.classNames, (_, label) => of(label).threshold);
      kept.sums = labelSums(model, kept.all);
      found();
    }
  };
  setTimeout(() => goOn(0));
  return { of, all: () => kept.all ?? null, sums: () => kept.sums ?? null };
};

/** Bests by rule, each found once. */
export const labelBests = (
  model: LabelModel,
  found: () => void,
): ((metric: ThresholdMetric) => LabelBests) => {
  const rules = new Map<ThresholdMetric, LabelBests>();
  return (metric) => {
    const bests = rules.get(metric) ?? bestsOf(model, metric, found);
    rules.set(metric, bests);
    return bests;
  };
};

/** The curve of each label over the slider's values, drawn once for all its moves. */
export const labelCurves = (
  model: LabelModel,
  values: readonly number[],
): ((label: number) => readonly LabelPoint[]) => {
  const curves = new Map<number, readonly LabelPoint[]>();
  return (label) => {
    const points = curves.get(label) ?? labelPoints(model, label, values);
    curves.set(label, points);
    return points;
  };
};
