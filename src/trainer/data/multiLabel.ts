import type { ClassView } from '../../dataset/classView';
import type { DatasetIndex } from '../../dataset/types';

/** The labels of samples that have several, or none. Rows are sample numbers of the index. */
export interface LabelSets {
  /** Classes a row has, ascending, each once; empty for a row that has none of them. */
  labelsOf(row: number): Uint32Array;
  /** 1 where a row has the class, else 0 [rows][C]. */
  targets(rows: Uint32Array): Uint8Array;
}

/**
 * The labels of every sample, seen through the config's classes. `isUsed` is false for a row all of
 * whose labels are left out; a row without any label is a negative of every class and stays.
 */
export const labelSetsOf = (
  index: Pick<DatasetIndex, 'samples' | 'labelStart' | 'labels'>,
  view: ClassView,
): { readonly multi: LabelSets; readonly isUsed: (row: number) => boolean } => {
  const starts = new Uint32Array(index.samples + 1);
  const kept = new Uint32Array(index.labels.length);
  const left = new Uint8Array(index.samples);
  const own = new Set<number>();
  let end = 0;
  for (let row = 0; row < index.samples; row++) {
    own.clear();
    const from = index.labelStart[row] ?? 0;
    const to = index.labelStart[row + 1] ?? from;
    for (let i = from; i < to; i++) {
      const id = view.map[index.labels[i] ?? 0] ?? -1;
      if (id >= 0) own.add(id);
    }
    if (to > from && own.size === 0) left[row] = 1;
    for (const id of [...own].sort((a, b) => a - b)) kept[end++] = id;
    starts[row + 1] = end;
  }
  const classes = view.names.length;
  const labelsOf = (row: number): Uint32Array =>
    kept.subarray(starts[row] ?? 0, starts[row + 1] ?? 0);
  return {
    isUsed: (row) => left[row] === 0,
    multi: {
      labelsOf,
      targets: (rows) => {
        const out = new Uint8Array(rows.length * classes);
        rows.forEach((row, i) => {
          for (const id of labelsOf(row)) out[i * classes + id] = 1;
        });
        return out;
      },
    },
  };
};

/** How many of the rows have each class [C]. */
export const countLabels = (rows: Uint32Array, sets: LabelSets, classes: number): number[] => {
  const counts = new Array<number>(classes).fill(0);
  for (const row of rows) for (const id of sets.labelsOf(row)) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
};
