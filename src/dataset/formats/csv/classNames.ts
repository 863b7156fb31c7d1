import { readHead } from '../../bytes/openBytes';
import { isSystemError } from '../../issues';
import type { FileSource } from '../../types';
import { join, listFolder } from '../folders';
import { sampleTable } from './dialect';
import { isNumber } from './roles';
import { openTable } from './tableBytes';
import { RecordReader } from './recordReader';

const maxBytes = 4 * 1024 * 1024;
const maxNames = 1_000_000;
const tablePattern =
  /^(?:class(?:es)?|labels?|categor(?:y|ies)|species|class[_ -]?names?|label[_ -]?(?:names?|map|mapping)|class[_ -]?(?:map|mapping)|.*[_ -](?:class[_ -]?names|label[_ -]?map|classes|id[_ -]?to[_ -]?name))\.(?:csv|tsv)$/i;
const listPattern =
  /^(?:class(?:es)?|labels?|class[_ -]?names?|label[_ -]?names?|categories)\.(?:txt|names)$/i;
const mappingPattern = /^emnist-\w+-mapping\.txt$/i;

/** Names of the ids in a label column, and the file that has them. */
export interface ClassNames {
  readonly file: string;
  readonly names: ReadonlyMap<string, string>;
}

/** Whether names say which class is meant: each once, and none a number like the ids. */
const isClear = (names: ReadonlyMap<string, string>, ids: ReadonlySet<string>): boolean =>
  names.size > 0 &&
  [...ids].every((id) => names.has(id)) &&
  new Set(names.values()).size === names.size &&
  ![...names.values()].every(isNumber);

/** Two columns of a table: the one that has every id once, and the best of those with one name each. */
const fromTable = (
  source: FileSource,
  path: string,
  ids: ReadonlySet<string>,
): ReadonlyMap<string, string> | null => {
  const table = openTable(source, path);
  try {
    if (table.size > maxBytes) return null;
    const { delimiter } = sampleTable(table);
    const reader = new RecordReader(table, delimiter.charCodeAt(0));
    const rows: string[][] = [];
    while (rows.length < maxNames && reader.read())
      rows.push(Array.from({ length: Math.min(reader.fields, 16) }, (_, at) => reader.text(at)));
    const width = Math.max(0, ...rows.slice(0, 100).map((row) => row.length));
    const column = (at: number): string[] => rows.map((row) => (row[at] ?? '').trim());
    const columns = Array.from({ length: width }, (_, at) => column(at));
    const isId = (cells: readonly string[]): boolean => {
      const known = new Set(cells);
      return known.size === cells.length && [...ids].every((id) => known.has(id));
    };
    const keys = columns.find(isId);
    // A row that is no number among ids that are is the header.
    const hasHeader =
      keys !== undefined && !isNumber(keys[0] ?? '') && keys.slice(1).every(isNumber);
    const from = hasHeader ? 1 : 0;
    const possible = columns.filter((cells) => cells !== keys);
    const named = possible.filter((cells) => /name|label|class|species/i.test(cells[0] ?? ''));
    for (const cells of [...(hasHeader ? named : []), ...possible]) {
      const names = new Map(keys?.slice(from).map((key, at) => [key, cells[at + from] ?? '']));
      if (![...names.values()].includes('') && isClear(names, ids)) return names;
    }
    return null;
  } finally {
    table.close();
  }
};

/**
 * Names of a list: "id name" lines, or a name a line, whose numbers are from 0 or from 1 on. Where
 * the ids that occur do not tell which of the two, there are no names.
 */
const fromList = (text: string, ids: ReadonlySet<string>): ReadonlyMap<string, string> | null => {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  const pairs = lines.flatMap((line): [string, string][] => {
    const [, id, name] = /^(\d+)[\s,:]+(\S.*)$/.exec(line) ?? [];
    return id === undefined || name === undefined ? [] : [[id, name]];
  });
  if (pairs.length === lines.length) {
    const names = new Map(pairs);
    return names.size === lines.length && isClear(names, ids) ? names : null;
  }
  const isFromZero = ids.has('0');
  const isFromOne = ids.has(String(lines.length));
  if (isFromZero === isFromOne) return null;
  const first = isFromZero ? 0 : 1;
  const names = new Map(lines.map((name, at) => [String(at + first), name]));
  return lines.includes('') || !isClear(names, ids) ? null : names;
};

/** EMNIST's mapping: lines of a label and codes of characters, the first of which is its name. */
const fromMapping = (
  text: string,
  ids: ReadonlySet<string>,
): ReadonlyMap<string, string> | null => {
  const rows = text.split(/\r?\n/).map((line) => line.trim().split(/\s+/));
  const names = new Map(
    rows.flatMap(([id, code]): [string, string][] => {
      const point = Number(code);
      return id !== undefined && Number.isInteger(point) && point > 32 && point <= 0x10ffff
        ? [[id, String.fromCodePoint(point)]]
        : [];
    }),
  );
  const isUnique = new Set(names.values()).size === names.size;
  return isUnique && names.size > 0 && [...ids].every((id) => names.has(id)) ? names : null;
};

/**
 * Names that a file beside a table gives to the whole numbers in its label column: a table such as
 * `classes.csv` with a column of these ids and one of names, or a list such as `class_names.txt`.
 * Null where no file, or more than one, names every id that was seen.
 */
export const findClassNames = (
  source: FileSource,
  folder: string,
  table: string,
  values: readonly string[],
): ClassNames | null => {
  const ids = new Set(values);
  if (ids.size === 0 || [...ids].some((id) => !/^\d{1,9}$/.test(id))) return null;
  const found: ClassNames[] = [];
  try {
    for (const file of listFolder(source, folder).files) {
      if (file === table) continue;
      const path = join(folder, file);
      const text = (): string => Buffer.from(readHead(source, path, maxBytes)).toString('utf8');
      const names = tablePattern.test(file)
        ? fromTable(source, path, ids)
        : listPattern.test(file)
          ? fromList(text(), ids)
          : mappingPattern.test(file) && table.startsWith(file.replace(/mapping\.txt$/i, ''))
            ? fromMapping(text(), ids)
            : null;
      if (names !== null) found.push({ file, names });
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
  return found.length === 1 ? (found[0] ?? null) : null;
};
