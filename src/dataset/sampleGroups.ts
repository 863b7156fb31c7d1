import { LongtailError } from '../common/errors';
import { columnValues } from './columnValues';
import { folderOf } from './formats/folders';
import { normaliseSplit } from './splitNames';
import type { DatasetIndex } from './types';

/** A second sorting of the samples, beside their classes: by site, camera, year. */
export interface SampleGroups {
  readonly names: readonly string[];
  /** Group of every sample of the index; -1 where it has none. */
  readonly groupOf: Int32Array;
}

/** More values than this are no groups but a number or an identity of each sample. */
const mostGroups = 1000;
const fewGroups = 20;

const numbered = (
  samples: number,
  by: string,
  nameOf: (sample: number) => string,
): SampleGroups => {
  const ids = new Map<string, number>();
  const groupOf = new Int32Array(samples).fill(-1);
  for (let sample = 0; sample < samples; sample++) {
    const name = nameOf(sample);
    if (name === '') continue;
    const id = ids.get(name) ?? ids.size;
    if (id >= mostGroups)
      throw new LongtailError('within/too-many-groups', { by, most: mostGroups });
    ids.set(name, id);
    groupOf[sample] = id;
  }
  // A value of its own for every other sample says nothing about groups.
  if (ids.size > fewGroups && ids.size * 2 > samples)
    throw new LongtailError('within/too-many-groups', { by, most: Math.floor(samples / 2) });
  return { names: [...ids.keys()], groupOf };
};

/** The part of a folder's path that says neither the split nor the class. */
const restOf = (
  folder: string,
  split: string,
  classNames: readonly string[],
): readonly string[] => {
  let parts = folder.split('/').filter((part) => part !== '');
  const place = parts.findIndex((part) => normaliseSplit(part) === split);
  if (place >= 0) parts = parts.toSpliced(place, 1);
  for (const name of classNames) {
    const own = name.split('/');
    const at = parts.findIndex((_, i) => own.every((part, k) => parts[i + k] === part));
    if (at >= 0) return parts.toSpliced(at, own.length);
  }
  return parts;
};

/**
 * Groups by the folders between split and class and the file, all of them or the one at `level`
 * (from 1). LongtailErrors `within/needs-files` where samples are no files of their own,
 * `within/no-folders` where no folder is left, `within/too-many-groups`.
 */
export const folderGroups = (index: DatasetIndex, level: number | null): SampleGroups => {
  const groups = numbered(index.samples, 'folder', (sample) => {
    const { path, offset, length } = index.locator(sample);
    if (offset > 0 || length > 0) throw new LongtailError('within/needs-files', { path });
    const labels = index.labels.subarray(index.labelStart[sample], index.labelStart[sample + 1]);
    const classNames = [...new Set(labels)].map((id) => index.classNames[id] ?? '');
    const split = index.splitNames[index.split[sample] ?? 0] ?? '';
    const rest = restOf(folderOf(path), split, classNames);
    return level === null ? rest.join('/') : (rest[level - 1] ?? '');
  });
  if (groups.names.length === 0) throw new LongtailError('within/no-folders', { path: index.root });
  return groups;
};

/**
 * Groups by a column, as `columnValues` reads it: its LongtailErrors, and `within/too-many-groups`.
 */
export const columnGroups = (
  index: DatasetIndex,
  other: DatasetIndex,
  column: string,
): SampleGroups => numbered(index.samples, column, columnValues(index, other, column));
