import { isList, valuesAt } from './values';

const starts: ReadonlySet<string> = new Set('start startoffset startchar begin'.split(' '));
const ends: ReadonlySet<string> = new Set('end endoffset endchar stop'.split(' '));

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Whether beside the labels at a path stand offsets into a text: `{start, end, label}`. */
export const hasOffsets = (
  paths: ReadonlyMap<string, readonly string[]>,
  path: readonly string[],
): boolean => {
  const beside = path.slice(0, -1);
  if (beside.length === 0) return false;
  const names = [...paths.values()]
    .filter((each) => each.length === path.length && beside.every((key, i) => key === each[i]))
    .map((each) => plain(each.at(-1) ?? ''));
  return names.some((name) => starts.has(name)) && names.some((name) => ends.has(name));
};

/** A place in a text and its label, as a list: `[0, 5, "ORG"]`. */
const isTriple = (value: unknown): value is readonly [number, number, string] =>
  isList(value) &&
  value.length === 3 &&
  Number.isInteger(value[0]) &&
  Number.isInteger(value[1]) &&
  typeof value[2] === 'string';

/** The lists of places at a path of keys, lists on the way not taken apart. */
const listAt = (record: unknown, path: readonly string[]): unknown => {
  let value = record;
  for (const key of path)
    value =
      typeof value === 'object' && value !== null && !isList(value)
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined;
  return value;
};

/** Whether what records list at a path are mostly places with labels, one at least. */
export const areTriples = (records: readonly unknown[], path: readonly string[]): boolean => {
  const lists = records.map((record) => listAt(record, path)).filter(isList);
  const items = lists.flatMap((list): unknown[] => [...list]);
  return items.filter(isTriple).length > items.length / 2;
};

/** Labels of the places in a list, every one counts. */
export const tripleLabels = (value: unknown, path: readonly string[]): readonly string[] => {
  const list = listAt(value, path);
  return isList(list) ? [...list].flatMap((item) => (isTriple(item) ? [item[2].trim()] : [])) : [];
};

/** Whether every record has exactly one label where it has any: `on` gives how many a value says. */
export const isOneEach = (
  records: readonly unknown[],
  path: readonly string[],
  on: (value: unknown) => number,
): boolean => {
  const counts = records.map((record) =>
    valuesAt(record, path).reduce<number>((sum, value) => sum + on(value), 0),
  );
  return counts.length > 0 && counts.every((count) => count === 1);
};
