import type { ClassView } from './classView';
import type { DatasetIndex } from './types';
import type { LabelSets } from '../methods/labelSets';

/** Samples of an index with the sets of their classes under a view. */
export interface SampleSets {
  readonly sets: LabelSets;
  /** The index's number of each sample, ascending. */
  readonly rows: Uint32Array;
  /** How many of them have an empty set. */
  readonly unlabelled: number;
}

/** Beyond this a typed array's own sort is faster. */
const shortSet = 24;

/** Sorts labels[from, to) and drops what is there twice; the new end. */
const tidy = (labels: Uint32Array, from: number, to: number): number => {
  if (to - from > shortSet) labels.subarray(from, to).sort();
  else
    for (let i = from + 1; i < to; i++) {
      const label = labels[i] ?? 0;
      let at = i - 1;
      for (; at >= from && (labels[at] ?? 0) > label; at--) labels[at + 1] = labels[at] ?? 0;
      labels[at + 1] = label;
    }
  let end = from;
  for (let i = from; i < to; i++)
    if (i === from || labels[i] !== labels[end - 1]) labels[end++] = labels[i] ?? 0;
  return end;
};

/**
 * The label sets of a split (a place in the index's names), or of everything for null. A sample all
 * of whose labels are left out by the view is left out too, as when counting; objects of one class
 * in one picture are one label of its set.
 */
export const sampleSets = (
  index: DatasetIndex,
  view: ClassView,
  split: number | null,
): SampleSets => {
  const rows = new Uint32Array(index.samples);
  const starts = new Uint32Array(index.samples + 1);
  const labels = new Uint32Array(index.labels.length);
  let samples = 0;
  let unlabelled = 0;
  let end = 0;
  for (let sample = 0; sample < index.samples; sample++) {
    if (split !== null && index.split[sample] !== split) continue;
    const from = index.labelStart[sample] ?? 0;
    const to = index.labelStart[sample + 1] ?? from;
    let next = end;
    for (let at = from; at < to; at++) {
      const label = view.map[index.labels[at] ?? 0] ?? -1;
      if (label >= 0) labels[next++] = label;
    }
    if (next === end && from < to) continue;
    if (next === end) unlabelled++;
    end = next - end > 1 ? tidy(labels, end, next) : next;
    rows[samples++] = sample;
    starts[samples] = end;
  }
  return {
    sets: { starts: starts.subarray(0, samples + 1), labels: labels.subarray(0, end) },
    rows: rows.subarray(0, samples),
    unlabelled,
  };
};
