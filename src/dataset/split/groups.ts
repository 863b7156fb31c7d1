import { LongtailError } from '../../common/errors';
import { columnValues } from '../columnValues';
import { baseName, folderOf } from '../formats/folders';
import { scanDatasetSync } from '../scan';
import type { DatasetIndex, FileSource } from '../types';
import type { GroupChoice } from './types';

/** Group of every row, numbered from 0 in order of first use. */
export interface Groups {
  readonly groupOf: Uint32Array;
  readonly groups: number;
}

const numbered = (rows: Uint32Array, keyOf: (row: number) => string): Groups => {
  const ids = new Map<string, number>();
  const groupOf = rows.map((row) => {
    const key = keyOf(row);
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  });
  return { groupOf, groups: ids.size };
};

/** The beginning of a file's name: up to its n-th `_` or `-`, all but the ending where it has fewer. */
const prefixOf = (path: string, parts: number): string => {
  const name = baseName(path).replace(/\.[^.]*$/, '');
  return name.split(/[_-]/).slice(0, parts).join(' ');
};

/**
 * Values of a column as groups: the dataset is read once more with that column as its label, so
 * every format that knows columns can tell. A row without a value is a group of its own.
 */
const byColumn = (
  source: FileSource,
  index: DatasetIndex,
  name: string,
  rows: Uint32Array,
): Groups => {
  const { root, format, options } = index;
  const other = scanDatasetSync(source, root, { ...options, format, labelColumn: name });
  const valueOf = columnValues(index, other, name);
  return numbered(rows, (row) => {
    const value = valueOf(row);
    return value === '' ? `row ${row}` : `value ${value}`;
  });
};

/**
 * Which rows must stay together. LongtailErrors `dataset/column-missing`, `dataset/column-unread`,
 * `propose/group-needs-files` where samples are no files of their own.
 */
export const groupsOf = (
  source: FileSource,
  index: DatasetIndex,
  choice: GroupChoice,
  rows: Uint32Array,
): Groups => {
  if (choice.by === 'column') return byColumn(source, index, choice.name, rows);
  const pathOf = (row: number): string => {
    const { path, offset, length } = index.locator(row);
    if (offset > 0 || length > 0)
      throw new LongtailError('propose/group-needs-files', { path, by: choice.by });
    return path;
  };
  return choice.by === 'folder'
    ? numbered(rows, (row) => folderOf(pathOf(row)))
    : numbered(rows, (row) => prefixOf(pathOf(row), choice.parts));
};
