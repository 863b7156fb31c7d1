import type { Issue } from '../../../common/errors';
import { issue } from '../../issues';
import { noSplit } from '../../splitNames';
import type { FileSource, FormatOptions } from '../../types';
import { findArrays } from './files';
import type { ArrayFile } from './files';

/** Labels of one split with the rows they are of. */
export interface ArrayPart {
  readonly split: string;
  readonly labels: ArrayFile;
  readonly data: ArrayFile | null;
}

export interface ArrayPlan {
  readonly folder: string;
  readonly parts: readonly ArrayPart[];
  /** Names of the classes, where an array has them. */
  readonly names: ArrayFile | null;
  readonly issues: readonly Issue[];
}

const order = ['train', 'validation', 'test', noSplit];

/** Rows of the labels' split: of the same set, else of the one with the least in its name. */
const dataFor = (labels: ArrayFile, data: readonly ArrayFile[]): ArrayFile | null => {
  const fitting = data
    .filter(({ split, header }) => split === labels.split && header.shape.length > 1)
    .sort((a, b) => a.set.length - b.set.length);
  return fitting.find(({ set }) => set === labels.set) ?? fitting[0] ?? null;
};

/**
 * Which arrays of a path are its labels and rows: one set of labels (the one `labelColumn` names by
 * set or array, else the first by name), a part a split. Null without any.
 */
export const planArrays = (
  source: FileSource,
  root: string,
  options: FormatOptions,
): ArrayPlan | null => {
  const { folder, arrays, issues } = findArrays(source, root);
  const labels = arrays.filter(({ role }) => role === 'labels');
  if (labels.length === 0) return null;
  const wanted = options.labelColumn;
  const sets = [...new Set(labels.map(({ set }) => set))].sort();
  const named = labels.find(({ set, name }) => wanted === set || wanted === name)?.set;
  const chosen = named ?? sets[0] ?? '';
  const parts = new Map<string, ArrayPart>();
  const data = arrays.filter(({ role }) => role === 'data');
  for (const array of labels)
    if (array.set === chosen && !parts.has(array.split))
      parts.set(array.split, { split: array.split, labels: array, data: dataFor(array, data) });
  const names = arrays.filter(({ role }) => role === 'names');
  const others = sets.filter((set) => set !== chosen);
  return {
    folder,
    parts: [...parts.values()].sort((a, b) => order.indexOf(a.split) - order.indexOf(b.split)),
    names: names.find(({ set }) => set === chosen) ?? names[0] ?? null,
    issues:
      others.length === 0
        ? issues
        : [...issues, issue('info', 'dataset/label-sets', { chosen, others: others.slice(0, 8) })],
  };
};
