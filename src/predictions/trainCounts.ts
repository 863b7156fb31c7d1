import { parse } from 'yaml';
import { LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';
import { isTooDeep } from '../dataset/bytes/plainYaml';
import { reasonOf } from '../dataset/issues';
import type { FileSource } from '../dataset/types';
import type { LongTailProfile } from '../profile/types';
import { readTable } from './table';

/** Training counts by class name; a list without names counts its classes from 0. */
export type CountsByName = ReadonlyMap<string, number>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Training counts of a profile: of the split that was profiled. */
export const countsOfProfile = ({
  classes,
  profiledSplit,
}: Pick<LongTailProfile, 'classes' | 'profiledSplit'>): CountsByName =>
  new Map(
    classes.map(({ name, count, splits }) => [
      name,
      profiledSplit === 'all' ? count : (splits[profiledSplit] ?? 0),
    ]),
  );

const fromValue = (value: unknown): readonly (readonly [string, unknown])[] | null => {
  if (Array.isArray(value)) return value.map((count, i) => [String(i), count] as const);
  if (!isRecord(value)) return null;
  if (value['schema'] !== 'longtail.profile/1') return Object.entries(value);
  return [
    ...countsOfProfile(value as Pick<LongTailProfile, 'classes' | 'profiledSplit'> & typeof value),
  ];
};

const fromTable = (source: FileSource, path: string): readonly (readonly [string, unknown])[] => {
  const columns = [...readTable(source, path).values()];
  const names = columns[0]?.values;
  const counts = columns.slice(1).find(({ values }) => ArrayBuffer.isView(values))?.values;
  if (names === undefined || counts === undefined)
    throw new LongtailError('posthoc/counts-unreadable', { path, detail: '' });
  return Array.from(names as ArrayLike<string | number>, (name, i) => [String(name), counts[i]]);
};

const entriesOf = (source: FileSource, path: string): readonly (readonly [string, unknown])[] => {
  if (/\.(csv|tsv)$/i.test(path)) return fromTable(source, path);
  const text = source.readText(path);
  const entries = isTooDeep(text) ? null : fromValue(parse(text, { maxAliasCount: 0 }));
  if (entries === null) throw new LongtailError('posthoc/counts-unreadable', { path, detail: '' });
  return entries;
};

/**
 * Training counts out of a file: YAML or JSON of class: count or a list in column order, the JSON
 * of `longtail scan`, or a CSV whose first column names the classes. Throws
 * `posthoc/counts-unreadable`, `posthoc/not-a-count`.
 */
export const readTrainCounts = (source: FileSource, path: string): CountsByName => {
  let entries: readonly (readonly [string, unknown])[];
  try {
    entries = entriesOf(source, path);
  } catch (error) {
    if (error instanceof LongtailError) throw error;
    const detail = reasonOf(error);
    throw new LongtailError('posthoc/counts-unreadable', { path, detail }, { cause: error });
  }
  return new Map(
    entries.map(([name, count]) => {
      if (typeof count !== 'number' || !Number.isFinite(count) || count < 0)
        throw new LongtailError('posthoc/not-a-count', { path, name, got: String(count) });
      return [name, count];
    }),
  );
};

/**
 * The counts in the order of the classes. Throws `posthoc/counts-class` for a class they do not
 * name, `posthoc/counts-empty` where all are 0.
 */
export const countsInOrder = (
  counts: CountsByName,
  names: readonly string[],
): readonly number[] => {
  const ordered = names.map((name) => {
    const count = counts.get(name);
    if (count === undefined) {
      const known = [...counts.keys()].slice(0, 20);
      throw new LongtailError('posthoc/counts-class', {
        name,
        known,
        near: nearest(name, [...counts.keys()]) ?? known[0] ?? '',
      });
    }
    return count;
  });
  if (!ordered.some((count) => count > 0)) throw new LongtailError('posthoc/counts-empty');
  return ordered;
};
