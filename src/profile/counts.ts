import type { ClassView } from '../dataset/classView';
import type { DatasetIndex } from '../dataset/types';

/** Labels and samples of an index, counted under a view of its classes. */
export interface LabelCounts {
  /** [split][class] labels. */
  readonly labels: readonly Float64Array[];
  /** [class] samples that have the class at least once, over all splits; 0 where not asked for. */
  readonly images: Float64Array;
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
  const images = new Float64Array(classes);
  const lastSeen = new Int32Array(classes).fill(-1);
  const samples = new Float64Array(index.splitNames.length);
  let unlabelled = 0;
  for (let sample = 0; sample < index.samples; sample++) {
    const split = index.split[sample] ?? 0;
    const own = labels[split];
    const start = index.labelStart[sample] ?? 0;
    const end = index.labelStart[sample + 1] ?? start;
    let kept = 0;
    for (let at = start; at < end; at++) {
      const id = view.map[index.labels[at] ?? 0] ?? -1;
      if (id < 0 || own === undefined) continue;
      kept++;
      own[id] = (own[id] ?? 0) + 1;
      if (!withImages) continue;
      if (lastSeen[id] !== sample) images[id] = (images[id] ?? 0) + 1;
      lastSeen[id] = sample;
    }
    if (start === end) unlabelled++;
    if (kept > 0 || start === end) samples[split] = (samples[split] ?? 0) + 1;
  }
  return { labels, images, samples, unlabelled };
};
