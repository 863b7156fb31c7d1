import type { ClassView } from '../dataset/classView';
import type { DatasetIndex } from '../dataset/types';

/** Labels and samples of an index, counted under a view of its classes. */
export interface LabelCounts {
  /** [split][class] labels. */
  readonly labels: readonly Float64Array[];
  /** [split][class] samples that have the class at least once; 0 where not asked for. */
  readonly images: readonly Float64Array[];
  /** [split] samples with a label that is kept. */
  readonly labelled: Float64Array;
  /** [split] samples that are kept. */
  readonly samples: Float64Array;
  readonly unlabelled: number;
}

/**
 * Counts in one pass. A sample all of whose labels are left out by the view is left out too; one
 * that never had a label counts as unlabelled.
 */
export const countLabels = (
  index: DatasetIndex,
  view: ClassView,
  withImages: boolean,
): LabelCounts => {
  const classes = view.names.length;
  const labels = index.splitNames.map(() => new Float64Array(classes));
  const images = labels.map(() => new Float64Array(classes));
  const labelled = new Float64Array(index.splitNames.length);
  const lastSeen = new Int32Array(classes).fill(-1);
  const samples = new Float64Array(index.splitNames.length);
  let unlabelled = 0;
  for (let sample = 0; sample < index.samples; sample++) {
    const split = index.split[sample] ?? 0;
    const own = labels[split];
    const seen = images[split];
    const start = index.labelStart[sample] ?? 0;
    const end = index.labelStart[sample + 1] ?? start;
    let kept = 0;
    for (let at = start; at < end; at++) {
      const id = view.map[index.labels[at] ?? 0] ?? -1;
      if (id < 0 || own === undefined) continue;
      kept++;
      own[id] = (own[id] ?? 0) + 1;
      if (!withImages || seen === undefined) continue;
      if (lastSeen[id] !== sample) seen[id] = (seen[id] ?? 0) + 1;
      lastSeen[id] = sample;
    }
    if (start === end) unlabelled++;
    if (kept > 0) labelled[split] = (labelled[split] ?? 0) + 1;
    if (kept > 0 || start === end) samples[split] = (samples[split] ?? 0) + 1;
  }
  return { labels, images, labelled, samples, unlabelled };
};
