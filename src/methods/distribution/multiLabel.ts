import { at, largest, map, mean, sum } from '../numbers';
import type { Numbers } from '../numbers';

export interface MultiLabelMeasures {
  /** Samples that carry each label [labels]. */
  readonly counts: Float64Array;
  /** Mean labels a sample; `density` divides by the number of labels. */
  readonly cardinality: number;
  readonly density: number;
  /** IRLbl = largest count / own count; null for a label that never occurs. */
  readonly imbalance: readonly (number | null)[];
  readonly meanImbalance: number | null;
  /** Sample standard deviation (n - 1) over mean of IRLbl; null for fewer than two labels. */
  readonly cvImbalance: number | null;
  readonly maxImbalance: number | null;
  /** SCUMBLE of each sample: 1 - geometric / arithmetic mean of its labels' IRLbl; 0 with no label. */
  readonly scumblePerSample: Float64Array;
  readonly scumble: number;
  readonly scumbleCv: number | null;
  /** Mean over the samples that carry the label; null for a label that never occurs. */
  readonly scumblePerLabel: readonly (number | null)[];
  /** Labels whose IRLbl is above the mean. */
  readonly minorityLabels: readonly number[];
  readonly distinctLabelSets: number;
}

const sampleCv = (values: Numbers): number | null => {
  const centre = mean(values);
  if (values.length < 2 || centre === 0) return null;
  const squares = sum(map(values, (value) => (value - centre) ** 2));
  return Math.sqrt(squares / (values.length - 1)) / centre;
};

const scumbleOf = (ratios: readonly number[]): number => {
  if (ratios.length === 0) return 0;
  const geometric = Math.exp(mean(ratios.map(Math.log)));
  return Math.max(0, 1 - geometric / mean(ratios));
};

/**
 * Label-set measures of Charte et al. (Neurocomputing 2015 and 2019) for samples given as sets of
 * label positions. A label that never occurs is left out of the means.
 */
export const multiLabelMeasures = (
  samples: readonly (readonly number[])[],
  labels: number,
): MultiLabelMeasures => {
  const counts = new Float64Array(labels);
  for (const own of samples) for (const label of own) counts[label] = at(counts, label) + 1;
  const top = largest(counts);
  const imbalance = Array.from(counts, (n) => (n > 0 ? top / n : null));
  const present = imbalance.filter((ratio) => ratio !== null);
  const meanImbalance = present.length > 0 ? mean(present) : null;
  const scumblePerSample = Float64Array.from(samples, (own) =>
    scumbleOf(own.map((label) => imbalance[label] ?? NaN)),
  );
  const perLabel = new Float64Array(labels);
  samples.forEach((own, i) => {
    for (const label of own) perLabel[label] = at(perLabel, label) + at(scumblePerSample, i);
  });
  const cardinality = samples.length > 0 ? sum(counts) / samples.length : 0;
  return {
    counts,
    cardinality,
    density: labels > 0 ? cardinality / labels : 0,
    imbalance,
    meanImbalance,
    cvImbalance: sampleCv(present),
    maxImbalance: present.length > 0 ? largest(present) : null,
    scumblePerSample,
    scumble: samples.length > 0 ? mean(scumblePerSample) : 0,
    scumbleCv: sampleCv(scumblePerSample),
    scumblePerLabel: Array.from(perLabel, (total, j) =>
      at(counts, j) > 0 ? total / at(counts, j) : null,
    ),
    minorityLabels: imbalance.flatMap((ratio, j) =>
      ratio !== null && meanImbalance !== null && ratio > meanImbalance ? [j] : [],
    ),
    distinctLabelSets: new Set(samples.map((own) => [...own].sort((a, b) => a - b).join())).size,
  };
};
