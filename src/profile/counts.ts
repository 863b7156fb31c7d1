import type { ClassView } from '../dataset/classView';
import type { DatasetIndex } from '../dataset/types';

/** Samples by the classes they have. */
export interface ImageCounts {
  /** [split][class] samples that have the class at least once. */
  readonly withClass: readonly Float64Array[];
  /** [split] samples with a label that is kept. */
  readonly labelled: Float64Array;
}

/** Labels and samples of an index, counted under a view of its classes. */
export interface LabelCounts {
  /** [split][class] labels. */
  readonly labels: readonly Float64Array[];
  /** [split][class] samples that have the class at least once, and [split] those that have any; null where not asked for. */
  readonly images: ImageCounts | null;
  /** [split] samples that are kept. */
  readonly samples: Float64Array;
  readonly unlabelled: number;
}

/** [split × class of the index] labels: small numbers beside each other, as they are met at random. */
const tallyLabels = ({ labels, labelStart, split, samples, ...index }: DatasetIndex) => {
  const classes = index.classNames.length;
  const tally = new Uint32Array(index.splitNames.length * classes);
  for (let sample = 0; sample < samples; sample++) {
    const first = (split[sample] ?? 0) * classes;
    const end = labelStart[sample + 1] ?? 0;
    for (let at = labelStart[sample] ?? 0; at < end; at++) {
      const place = first + (labels[at] ?? 0);
      tally[place] = (tally[place] ?? 0) + 1;
    }
  }
  return tally;
};

const countSamples = (
  { labels, labelStart, split, samples, splitNames }: DatasetIndex,
  isKept: (id: number) => boolean,
  keepsAll: boolean,
): { readonly bySplit: Float64Array; readonly unlabelled: number } => {
  const bySplit = new Float64Array(splitNames.length);
  let unlabelled = 0;
  for (let sample = 0; sample < samples; sample++) {
    const start = labelStart[sample] ?? 0;
    const end = labelStart[sample + 1] ?? start;
    let kept = keepsAll || start === end;
    for (let at = start; at < end && !kept; at++) kept = isKept(labels[at] ?? 0);
    if (start === end) unlabelled++;
    const own = split[sample] ?? 0;
    if (kept) bySplit[own] = (bySplit[own] ?? 0) + 1;
  }
  return { bySplit, unlabelled };
};

const countImages = (
  { labels, labelStart, samples, split, splitNames }: DatasetIndex,
  { names, map }: ClassView,
): ImageCounts => {
  const withClass = splitNames.map(() => new Float64Array(names.length));
  const labelled = new Float64Array(splitNames.length);
  const lastSeen = new Int32Array(names.length).fill(-1);
  for (let sample = 0; sample < samples; sample++) {
    const own = split[sample] ?? 0;
    const seen = withClass[own];
    const end = labelStart[sample + 1] ?? 0;
    let isKept = false;
    for (let at = labelStart[sample] ?? 0; at < end; at++) {
      const id = map[labels[at] ?? 0] ?? -1;
      if (id < 0 || seen === undefined) continue;
      isKept = true;
      if (lastSeen[id] === sample) continue;
      seen[id] = (seen[id] ?? 0) + 1;
      lastSeen[id] = sample;
    }
    if (isKept) labelled[own] = (labelled[own] ?? 0) + 1;
  }
  return { withClass, labelled };
};

/**
 * Counts under a view. A sample all of whose labels are left out by the view is left out too; one
 * that never had a label counts as unlabelled.
 */
export const countLabels = (
  index: DatasetIndex,
  view: ClassView,
  withImages: boolean,
): LabelCounts => {
  const tally = tallyLabels(index);
  const before = index.classNames.length;
  const labels = index.splitNames.map((_, split) => {
    const counts = new Float64Array(view.names.length);
    for (let old = 0; old < before; old++) {
      const id = view.map[old] ?? -1;
      if (id >= 0) counts[id] = (counts[id] ?? 0) + (tally[split * before + old] ?? 0);
    }
    return counts;
  });
  const { bySplit, unlabelled } = countSamples(
    index,
    (id) => (view.map[id] ?? -1) >= 0,
    !view.map.includes(-1),
  );
  const images = withImages ? countImages(index, view) : null;
  return { labels, images, samples: bySplit, unlabelled };
};
