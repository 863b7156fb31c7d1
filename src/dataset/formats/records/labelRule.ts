import { isMissing } from '../csv/roles';
import { areTriples, hasOffsets, isOneEach } from './spans';
import { entriesOf, isList, isRecord, valuesAt } from './values';

/** Keys that hold labels, best first; compared in lower case, letters and digits only. */
const labelNames =
  'labeltext labelname label labels class classname categoryname category categories classes target targets species y groundtruth gt diagnosis dx sentiment intent emotion topic tags cats outcome classlabel classid labelid categoryid accept'.split(
    ' ',
  );
const boxNames = ['bbox', 'bboxes', 'box', 'boxes'];
const maxDepth = 4;
const maxPaths = 256;

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Where the label of a record is: a path of keys; lists on the way hold one label an element. */
export interface LabelRule {
  readonly path: readonly string[];
  readonly kind: 'single' | 'several' | 'objects' | 'spans';
  /** Of spans, whether each is a list: start, end and label. */
  readonly areTriples?: boolean;
  /** Beside the labels of objects: their boxes as x, y, width, height in pixels. */
  readonly boxes?: readonly string[];
  readonly by: 'user' | 'name' | 'content';
  /** Other paths that could be the label. */
  readonly others: readonly string[];
}

const isFlag = (value: unknown): boolean =>
  typeof value === 'boolean' || (typeof value === 'number' && value >= 0 && value <= 1);

/** A value as a label's name; a map of names to 0 … 1 stands for those from 0.5 on. '' for none. */
const nameOf = (value: unknown, names: readonly string[] | undefined): string => {
  if (typeof value === 'string') return isMissing(value.trim()) ? '' : value.trim();
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number' && typeof value !== 'bigint') return '';
  if (typeof value === 'number' && !Number.isFinite(value)) return '';
  if (names === undefined) return String(value);
  const id = Number(value);
  return id < 0 ? '' : (names[id] ?? String(value));
};

/** How many labels a map of flags says, or a list of chosen names that has one entry each. */
const chosen = (value: unknown): number =>
  isRecord(value) ? labelsIn(value).filter((name) => name !== '').length : 1;

/** Labels of a value that was found at a rule's path, repeats included; '' where one is missing. */
export const labelsIn = (value: unknown, names?: readonly string[]): readonly string[] => {
  if (!isRecord(value)) return [nameOf(value, names)];
  const flags = [...entriesOf(value)];
  return flags.length > 0 && flags.every(([, flag]) => isFlag(flag))
    ? flags.flatMap(([name, flag]) => (Number(flag) >= 0.5 ? [name] : []))
    : [''];
};

/** Paths to what is no record, as keys joined by dots. */
const pathsOf = (records: readonly unknown[]): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (found.size >= maxPaths || path.length > maxDepth) return;
    if (isList(value)) {
      if (!value.some((item) => isRecord(item))) found.set(path.join('.'), path);
      else for (const item of value.slice(0, 8)) walk(item, path);
    } else if (isRecord(value)) {
      const entries = [...entriesOf(value)];
      if (path.length > 0 && entries.length > 0 && entries.every(([, flag]) => isFlag(flag)))
        found.set(path.join('.'), path);
      for (const [key, inner] of entries) walk(inner, [...path, key]);
    } else if (path.length > 0) found.set(path.join('.'), path);
  };
  for (const record of records) walk(record, []);
  return found;
};

/** Whether a list lies on the way to the path, or at its end. */
const endsInList = (record: unknown, path: readonly string[]): boolean => {
  let value = record;
  for (const key of path) {
    if (isList(value)) return true;
    value = entriesOf(value).get(key);
  }
  return isList(value);
};

/** Whether a list lies on the way to the path, or its value is a map of flags. */
const isMany = (record: unknown, path: readonly string[]): boolean =>
  endsInList(record, path) || valuesAt(record, path).some(isRecord);

const repeats = (records: readonly unknown[], path: readonly string[]): boolean => {
  const values = records.flatMap((record) => valuesAt(record, path));
  if (values.length < 2 || values.some((value) => typeof value === 'number' && value % 1 !== 0))
    return false;
  const names = values.map((value) => nameOf(value, undefined));
  const distinct = new Set(names).size;
  return distinct > 1 && distinct <= names.length / 2 && names.every((name) => name.length <= 100);
};

const boxesBeside = (
  paths: ReadonlyMap<string, readonly string[]>,
  path: readonly string[],
): readonly string[] | undefined => {
  const beside = path.slice(0, -1);
  for (const each of paths.values())
    if (
      each.length === path.length &&
      boxNames.includes(plain(each.at(-1) ?? '')) &&
      beside.every((key, i) => key === each[i])
    )
      return each;
  return undefined;
};

const byName = (paths: readonly (readonly string[])[]): readonly string[] | undefined => {
  const ranked = paths.flatMap((path) => {
    const rank = labelNames.indexOf(plain(path.at(-1) ?? ''));
    return rank < 0 ? [] : [{ path, rank: rank + 100 * path.length }];
  });
  return ranked.sort((a, b) => a.rank - b.rank)[0]?.path;
};

/**
 * The key that holds the label of records: the one the user named (with dots, lists written with or
 * without []), one with the name of a label, else the one whose values repeat. Null without any.
 */
export const findLabel = (
  records: readonly unknown[],
  named: string | undefined,
  taken: ReadonlySet<string>,
): LabelRule | null => {
  const paths = pathsOf(records);
  const open = [...paths.values()].filter((path) => !taken.has(path[0] ?? ''));
  const user = named === undefined ? undefined : paths.get(named.replaceAll('[]', ''));
  if (named !== undefined && user === undefined) return null;
  const likely = open.filter((path) => path.length === 1 && repeats(records, path));
  const name = byName(open);
  const places = name === undefined ? open.find((each) => areTriples(records, each)) : undefined;
  const path = user ?? name ?? places ?? likely.at(-1);
  if (path === undefined) return null;
  const boxes = path.length > 1 ? boxesBeside(paths, path) : undefined;
  const several = records.some((record) => isMany(record, path));
  const triples = areTriples(records, path);
  const spans = triples || (boxes === undefined && hasOffsets(paths, path));
  // A map of scores, or a list of choices, may have a place for several and always one.
  const isChoice = path.at(-1) === 'accept' || !records.some((each) => endsInList(each, path));
  const isOne = several && isChoice && isOneEach(records, path, chosen);
  const kind = several && !isOne ? 'several' : 'single';
  return {
    path,
    kind: boxes !== undefined ? 'objects' : spans ? 'spans' : kind,
    ...(boxes === undefined ? {} : { boxes }),
    ...(triples ? { areTriples: true } : {}),
    by: user !== undefined ? 'user' : (name ?? places) !== undefined ? 'name' : 'content',
    others: likely.filter((other) => other !== path).map((other) => other.join('.')),
  };
};
