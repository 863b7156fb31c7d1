import { parse } from 'yaml';
import { LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';
import { isTooDeep } from '../dataset/bytes/plainYaml';

/** Classes that shares are given for: of a profile, or the columns of a model. */
interface Named {
  readonly classes: readonly { readonly name: string }[];
}

/** A share as a file gives it, and where. */
interface Entry {
  readonly name: string;
  readonly share: unknown;
  /** The file, and the line where it has lines of its own. */
  readonly place: string;
}

const namesShown = 8;

const unquoted = (text: string): string =>
  text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replaceAll('""', '"')
    : text;

/** Lines of `class,share`; what stands behind the last separator is the share. */
const csvEntries = (text: string, path: string, { classes }: Named): readonly Entry[] => {
  const known = new Set(classes.map(({ name }) => name));
  const entries = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, i): Entry[] => {
      const [, before, after] = /^(.*)[,;\t]([^,;\t]*)$/.exec(line.trim()) ?? [];
      if (line.trim() === '') return [];
      const place = `${path}:${i + 1}`;
      if (before === undefined || after === undefined)
        return [{ name: line.trim(), share: null, place }];
      const share = after.trim() === '' ? null : Number(unquoted(after.trim()));
      return [
        { name: unquoted(before.trim()), share: Number.isNaN(share) ? after.trim() : share, place },
      ];
    });
  const [first, ...rest] = entries;
  // A head names columns, not a class.
  return first !== undefined && typeof first.share !== 'number' && !known.has(first.name)
    ? rest
    : entries;
};

const yamlEntries = (text: string, path: string): readonly Entry[] => {
  const value: unknown = isTooDeep(text) ? null : parse(text, { maxAliasCount: 0 });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const fields: readonly (readonly [string, unknown])[] = Object.entries(value);
  return fields.map(([name, share]) => ({ name, share, place: path }));
};

/**
 * Shares of the classes a model will meet, out of a file: CSV lines of `class,share`, or YAML or JSON
 * of class: share. Any scale; they sum to 1 here. Throws `recommend/shares-…`, which name file, line
 * and remedy, for what is no share, a class the data do not have, and one without a share.
 */
export const readShares = (
  text: string,
  path: string,
  named: Named,
): Readonly<Record<string, number>> => {
  const entries = /\.(csv|tsv|txt)$/i.test(path)
    ? csvEntries(text, path, named)
    : yamlEntries(text, path);
  const known = new Set(named.classes.map(({ name }) => name));
  const shares = new Map<string, number>();
  for (const { name, share, place } of entries) {
    if (typeof share !== 'number' || !Number.isFinite(share) || share < 0)
      throw new LongtailError('recommend/shares-not-a-share', {
        path: place,
        name,
        got: JSON.stringify(share),
      });
    if (!known.has(name)) {
      const near = nearest(name, [...known]);
      throw near === null
        ? new LongtailError('recommend/shares-unknown-class', { path: place, name })
        : new LongtailError('recommend/shares-unknown-class-near', { path: place, name, near });
    }
    if (shares.has(name)) throw new LongtailError('recommend/shares-twice', { path: place, name });
    shares.set(name, share);
  }
  const sum = [...shares.values()].reduce((a, b) => a + b, 0);
  if (sum <= 0) throw new LongtailError('recommend/shares-none', { path });
  const lacking = [...known].filter((name) => !shares.has(name));
  if (lacking.length > 0)
    throw new LongtailError('recommend/shares-missing-class', {
      path,
      names: lacking.slice(0, namesShown),
    });
  return Object.fromEntries([...shares].map(([name, share]) => [name, share / sum]));
};
