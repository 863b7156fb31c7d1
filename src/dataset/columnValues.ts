import { LongtailError } from '../common/errors';
import type { DatasetIndex } from './types';

/** Samples whose places are compared: rows that were read differently lie apart from some row on. */
const compared = 10_000;

const areSameSamples = (a: DatasetIndex, b: DatasetIndex): boolean => {
  if (a.samples !== b.samples) return false;
  const step = Math.max(1, Math.floor(a.samples / compared));
  for (let at = a.samples - 1; at >= 0; at -= step) {
    const [first, second] = [a.locator(at), b.locator(at)];
    if (first.path !== second.path || first.offset !== second.offset) return false;
  }
  return true;
};

/**
 * The value of a column by sample, '' where it has none. `other` is the index of the same dataset
 * read with that column as its label, so every format that knows columns can tell. LongtailErrors
 * `dataset/column-missing`, `dataset/column-unread`.
 */
export const columnValues = (
  index: DatasetIndex,
  other: DatasetIndex,
  column: string,
): ((sample: number) => string) => {
  const missing = other.issues.find(({ code }) => code === 'dataset/column-missing');
  if (missing !== undefined) throw new LongtailError(missing.code, missing.params);
  if (other.labels.length === 0 || !areSameSamples(index, other))
    throw new LongtailError('dataset/column-unread', { column, format: index.format });
  const { labelStart, labels, classNames } = other;
  return (sample) => {
    const [start = 0, end = 0] = [labelStart[sample], labelStart[sample + 1]];
    if (end - start === 1) return classNames[labels[start] ?? 0] ?? '';
    return Array.from(labels.subarray(start, end), (id) => classNames[id] ?? '').join(', ');
  };
};
