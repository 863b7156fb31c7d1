import { countDistinctSets, countOfLabels, type LabelSets } from '../labelSets';
import { at, largest, map, mean, sum } from '../numbers';
import type { Numbers } from '../numbers';

export interface MultiLabelMeasures {
  /** Samples that carry each label [labels]. */
  readonly counts: Float64Array;
  /** Mean labels a sample; `density` divides by the number of labels. */
  readonly cardinality: number;
  readonly density: number;
  /** IRLbl = largest count / own count [labels]; NaN for a label that never occurs. */
  readonly imbalance: Float64Array;
  readonly meanImbalance: number | null;
  /** Sample standard deviation (n - 1) over mean of IRLbl; null for fewer than two labels. */
  readonly cvImbalance: number | null;
  readonly maxImbalance: number | null;
  /** SCUMBLE of each sample: 1 - geometric / arithmetic mean of its labels' IRLbl; 0 with no label. */
  readonly scumblePerSample: Float64Array;
  readonly scumble: number;
  readonly scumbleCv: number | null;
  /** Mean over the samples that carry the label [labels]; NaN for a label that never occurs. */
  readonly scumblePerLabel: Float64Array;
  /** Labels whose IRLbl is above the mean: the rare ones. */
  readonly minorityLabels: readonly number[];
  readonly distinctLabelSets: number;
}

const sampleCv = (values: Numbers): number | null => {
  const centre = mean(values);
  if (values.length < 2 || centre === 0) return null;
  const squares = sum(map(values, (value) => (value - centre) ** 2));
  return Math.sqrt(squares / (values.length - 1)) / centre;
};

/** IRLbl of each label, NaN for one that never occurs, and those of labels that do. */
const labelImbalance = (
  counts: Float64Array,
): { readonly imbalance: Float64Array; readonly present: Float64Array } => {
  const top = largest(counts);
  const imbalance = map(counts, (n) => (n > 0 ? top / n : NaN));
  return { imbalance, present: imbalance.filter((ratio) => ratio > 0) };
};

/** Labels whose IRLbl is above the mean of those that occur: the rare ones, ascending. */
export const minorityLabels = (counts: Float64Array): readonly number[] => {
  const { imbalance, present } = labelImbalance(counts);
  const limit = present.length > 0 ? mean(present) : Infinity;
  const rare: number[] = [];
  for (let label = 0; label < counts.length; label++)
    if (at(imbalance, label) > limit) rare.push(label);
  return rare;
};

/**
 * Label-set measures of Charte et al. (Neurocomputing 2015 and 2019). A label that never occurs is
 * left out of the means; a sample without a label counts as an empty set.
 */
export const multiLabelMeasures = (sets: LabelSets, labels: number): MultiLabelMeasures => {
  const samples = sets.starts.length - 1;
  const counts = countOfLabels(sets, labels);
  const { imbalance, present } = labelImbalance(counts);
  const meanImbalance = present.length > 0 ? mean(present) : null;
  const logs = map(imbalance, Math.log);
  const scumblePerSample = new Float64Array(samples);
  const perLabel = new Float64Array(labels);
  for (let sample = 0; sample < samples; sample++) {
    const from = sets.starts[sample] ?? 0;
    const to = sets.starts[sample + 1] ?? 0;
    if (to - from < 2) continue;
    let [ratioSum, logSum] = [0, 0];
    for (let place = from; place < to; place++) {
      const label = sets.labels[place] ?? 0;
      ratioSum += imbalance[label] ?? NaN;
      logSum += logs[label] ?? NaN;
    }
    const size = to - from;
    const value = Math.max(0, 1 - Math.exp(logSum / size) / (ratioSum / size));
    scumblePerSample[sample] = value;
    for (let place = from; place < to; place++) {
      const label = sets.labels[place] ?? 0;
      perLabel[label] = (perLabel[label] ?? NaN) + value;
    }
  }
  const cardinality = samples > 0 ? sum(counts) / samples : 0;
  return {
    counts,
    cardinality,
    density: labels > 0 ? cardinality / labels : 0,
    imbalance,
    meanImbalance,
    cvImbalance: sampleCv(present),
    maxImbalance: present.length > 0 ? largest(present) : null,
    scumblePerSample,
    scumble: samples > 0 ? mean(scumblePerSample) : 0,
    scumbleCv: sampleCv(scumblePerSample),
    scumblePerLabel: map(perLabel, (total, j) => total / at(counts, j)),
    minorityLabels: minorityLabels(counts),
    distinctLabelSets: countDistinctSets(sets),
  };
};
