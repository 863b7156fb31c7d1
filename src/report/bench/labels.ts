import { at, map, sigmoid } from '../../methods/numbers';
import type { Numbers } from '../../methods/numbers';
import {
  labelCells,
  labelF1,
  labelThresholds,
  macroLabelF1,
  microLabelF1,
  type LabelCells,
  type LabelThreshold,
} from '../../methods/posthoc';
import { words } from '../../words/say';
import { score, signed, type Table } from '../tables';
import type { ThresholdMetric } from './setting';

/** Saved validation outputs of items that may have several labels. */
export interface LabelModel {
  readonly classNames: readonly string[];
  readonly items: number;
  /** [items][C]. */
  readonly probabilities: Float64Array;
  /** 0 or 1 [items][C]. */
  readonly targets: Int32Array;
}

export const labelModel = (
  classNames: readonly string[],
  logits: Float32Array,
  targets: Int32Array,
): LabelModel => ({
  classNames,
  items: targets.length / classNames.length,
  probabilities: map(logits, sigmoid),
  targets,
});

/** Decisions of every label [C] at a threshold each [C]. */
export interface LabelSums {
  readonly cells: readonly LabelCells[];
  /** Mean F1 of the labels that occur; NaN where none does. */
  readonly macroF1: number;
  readonly microF1: number;
  /** Share of the items of which every label is right. */
  readonly exact: number;
}

export const labelSums = (
  { classNames, items, probabilities, targets }: LabelModel,
  thresholds: Numbers,
): LabelSums => {
  const classes = classNames.length;
  const decisions = new Uint8Array(probabilities.length);
  let wrong = 0;
  for (let item = 0, i = 0; item < items; item++) {
    let right = true;
    for (let j = 0; j < classes; j++, i++) {
      const decided = at(probabilities, i) >= at(thresholds, j) ? 1 : 0;
      decisions[i] = decided;
      right &&= decided === at(targets, i);
    }
    if (!right) wrong++;
  }
  const cells = labelCells(targets, decisions, classes);
  return {
    cells,
    macroF1: macroLabelF1(cells),
    microF1: microLabelF1(cells),
    exact: items === 0 ? NaN : 1 - wrong / items,
  };
};

/** A place of one label's slider. */
export interface LabelPoint {
  readonly value: number;
  readonly f1: number;
  /** null where no item has the label, and where none was given it. */
  readonly recall: number | null;
  readonly precision: number | null;
}

const pointOf = (value: number, cells: LabelCells): LabelPoint => {
  const { positives, predicted, right } = cells;
  return {
    value,
    f1: labelF1(cells),
    recall: positives === 0 ? null : right / positives,
    precision: predicted === 0 ? null : right / predicted,
  };
};

/** What each threshold comes to for one label. */
export const labelPoints = (
  { classNames, items, probabilities, targets }: LabelModel,
  label: number,
  values: readonly number[],
): readonly LabelPoint[] =>
  values.map((value) => {
    const cells = { positives: 0, predicted: 0, right: 0 };
    for (let i = 0; i < items; i++) {
      const place = i * classNames.length + label;
      const truth = at(targets, place);
      const decided = at(probabilities, place) >= value ? 1 : 0;
      cells.positives += truth;
      cells.predicted += decided;
      cells.right += truth * decided;
    }
    return pointOf(value, cells);
  });

const ruleNames = { f1: 'f1', 'balanced-accuracy': 'balancedAccuracy', 'g-mean': 'gMean' } as const;

/** The threshold of one label that training would choose by this rule; one half with too few items. */
export const ruleThresholdOf = (
  { classNames, items, probabilities, targets }: LabelModel,
  label: number,
  metric: ThresholdMetric,
): LabelThreshold => {
  const own = (values: Numbers): Float64Array =>
    Float64Array.from({ length: items }, (_, i) => at(values, i * classNames.length + label));
  const [chosen] = labelThresholds(
    { scores: own(probabilities), labels: own(targets), count: 1 },
    { metric: ruleNames[metric] },
    { fallback: 0.5 },
  );
  return chosen ?? { threshold: 0.5, reason: 'threshold.fewItems', positives: 0 };
};

/** Scores on validation: at one half, as set, and at the rule's best, once that is known. */
export const labelTable = (
  {
    plain,
    now,
    best,
  }: Readonly<Record<'plain' | 'now', LabelSums>> & { readonly best: LabelSums | null },
  label: { readonly name: string; readonly place: number },
): Table => {
  const row = (name: string, of: (sums: LabelSums) => number): Table['rows'][number] => {
    const [before, after, top] = [plain, now, best].map((sums) => {
      const value = sums === null ? NaN : of(sums);
      return Number.isNaN(value) ? null : value;
    });
    const change = before == null || after == null ? null : after - before;
    const cell = (value: number | null | undefined) => ({ text: score(value ?? null) });
    return {
      marked: false,
      cells: [{ text: name }, cell(before), cell(after), signed(change), cell(top)],
    };
  };
  const ofLabel = ({ cells }: LabelSums): number => {
    const own = cells[label.place];
    return own === undefined || own.positives === 0 ? NaN : labelF1(own);
  };
  return {
    columns: (['measure', 'half', 'now', 'change', 'best'] as const).map((key, i) => ({
      key,
      label: words(`report/bench/column/${key}`),
      align: i === 0 ? 'left' : 'right',
    })),
    rows: [
      row(words('report/bench/label-f1', { name: label.name }), ofLabel),
      row(words('report/column/macroF1'), ({ macroF1 }) => macroF1),
      row(words('report/column/microF1'), ({ microF1 }) => microF1),
      row(words('report/column/exact'), ({ exact }) => exact),
    ],
  };
};
