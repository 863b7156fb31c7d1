import { viewClasses, type ClassChoice } from '../dataset/classView';
import type { DatasetIndex } from '../dataset/types';
import type { ExportItems } from './types';

/** Classes of each sample after the choice, without an array a sample where there is one label. */
const readerOf = (index: DatasetIndex, map: Int32Array) => {
  const { labelStart, labels } = index;
  const first = (sample: number): number => {
    const start = labelStart[sample] ?? 0;
    return start < (labelStart[sample + 1] ?? 0) ? (map[labels[start] ?? 0] ?? -1) : -1;
  };
  const all = (sample: number): readonly number[] => {
    const own = new Set<number>();
    const end = labelStart[sample + 1] ?? 0;
    for (let at = labelStart[sample] ?? 0; at < end; at++) {
      const label = map[labels[at] ?? 0] ?? -1;
      if (label >= 0) own.add(label);
    }
    return [...own];
  };
  return { first, all };
};

/**
 * The training samples of a split, `all` for every one, classes left out and merged as chosen.
 * Where a sample has one label, those without any are left out. Nothing is read before it is asked.
 */
export const itemsOf = (
  index: DatasetIndex,
  choice: ClassChoice,
  splitName: string,
): ExportItems => {
  const { map } = viewClasses(index, choice);
  const split = index.splitNames.indexOf(splitName);
  const { first, all } = readerOf(index, map);
  const oneLabel = index.task === 'single-label';
  const find = (): Uint32Array => {
    const found = new Uint32Array(index.samples);
    let count = 0;
    for (let sample = 0; sample < index.samples; sample++) {
      if (split >= 0 && index.split[sample] !== split) continue;
      if (!oneLabel || first(sample) >= 0) found[count++] = sample;
    }
    return found.subarray(0, count);
  };
  let known: Uint32Array | null = null;
  const samples = (): Uint32Array => (known ??= find());
  return {
    count: () => samples().length,
    place: (item) => {
      const { path, offset, length } = index.locator(samples()[item] ?? 0);
      return { path, row: offset === 0 && length === 0 ? null : offset };
    },
    label: (item) => first(samples()[item] ?? 0),
    labels: (item) => all(samples()[item] ?? 0),
  };
};
