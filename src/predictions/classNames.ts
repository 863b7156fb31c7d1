import { LongtailError, type Message } from '../common/errors';
import type { FileSource } from '../dataset/types';
import type { Bundle } from './bundle';
import type { Located, Role } from './locate';
import type { RawLabels } from './values';

/** Finds the array that plays a role, by the user's word or by its name. */
export type Find = (role: Role) => Promise<Located | null>;

export interface ReadOptions {
  /** A path the user wrote as an absolute one. */
  readonly resolve: (path: string) => string;
  /** Class names in column order, where they are known from elsewhere (a dataset, a list of counts). */
  readonly knownClasses?: readonly string[];
}

const splitNames = (text: string): readonly string[] =>
  text
    .split(text.includes('\n') ? '\n' : ',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Class names the user gave as a list, a key or a file; else those of the file; else null. */
export const namesOf = async (
  source: FileSource,
  bundle: Bundle,
  find: Find,
  wanted: string | undefined,
  options: ReadOptions,
): Promise<readonly string[] | null> => {
  const key = bundle.entries.find(({ name }) => name === wanted);
  const located =
    wanted === undefined
      ? await find('classes')
      : key === undefined
        ? null
        : { path: bundle.path, name: key.name, array: key.read(), columns: null };
  if (located !== null) {
    const { values, shape } = located.array;
    // A column of a table with a class an item is the labels, not the names of the classes.
    return shape.length === 1 ? Array.from(values as ArrayLike<string | number>, String) : null;
  }
  if (wanted === undefined) return null;
  if (wanted.includes(',')) return splitNames(wanted);
  try {
    const text = source.readText(options.resolve(wanted));
    if (!text.trimStart().startsWith('[')) return splitNames(text);
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list.map(String);
  } catch {
    // Neither a list nor a file that can be read: said below.
  }
  throw new LongtailError('posthoc/classes-unreadable', { given: wanted });
};

/** Class positions of single labels. Throws `posthoc/unknown-label`, `posthoc/label-range`. */
export const positionsOf = (
  raw: Exclude<RawLabels, { kind: 'sets' }>,
  names: readonly string[],
  place: { readonly path: string; readonly name: string },
): Int32Array => {
  if (raw.kind === 'names') {
    const places = new Map(names.map((name, i) => [name, i]));
    return Int32Array.from(raw.names, (name, row) => {
      const found = places.get(name);
      if (found === undefined)
        throw new LongtailError('posthoc/unknown-label', {
          ...place,
          label: name,
          row: row + 1,
          known: names.slice(0, 20),
        });
      return found;
    });
  }
  const bad = raw.positions.findIndex((label) => label < 0 || label >= names.length);
  if (bad >= 0)
    throw new LongtailError('posthoc/label-range', {
      ...place,
      label: raw.positions[bad] ?? -1,
      row: bad + 1,
      last: names.length - 1,
    });
  return raw.positions;
};

const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => String(i));

/** The names of the columns, with where the order was taken from when nothing in the file says it. */
export const columnNames = (
  given: readonly string[] | null,
  fromColumns: readonly string[] | null,
  raw: RawLabels,
  count: number,
  {
    path,
    knownClasses,
  }: { readonly path: string; readonly knownClasses: readonly string[] | null },
): { readonly names: readonly string[]; readonly notes: readonly Message[] } => {
  const fits = [given, fromColumns].find((names) => names?.length === count);
  if (given !== null && given.length !== count)
    throw new LongtailError('posthoc/classes-count', { path, given: given.length, count });
  if (fits !== undefined && fits !== null) return { names: fits, notes: [] };
  const numbers = numbered(count);
  if (raw.kind !== 'names' && numbers.every((name) => knownClasses?.includes(name) === true))
    return { names: numbers, notes: [] };
  if (knownClasses?.length === count) {
    const shown = knownClasses.slice(0, 8);
    return {
      names: knownClasses,
      notes: [{ code: 'posthoc/note/class-order', params: { names: shown } }],
    };
  }
  if (raw.kind === 'names') {
    const seen = [...new Set(raw.names)].sort();
    throw new LongtailError('posthoc/no-class-order', { path, count, names: seen.slice(0, 20) });
  }
  return { names: numbers, notes: [] };
};
