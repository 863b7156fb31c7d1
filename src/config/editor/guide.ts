import { defaultAt, keysAt, type KeyPath } from '../keys';

/** What the words know of a key or kind, as codes; absent parts are not known of it. */
export interface Guide {
  readonly title: string;
  /** Code of the sentence that says what it is for. */
  readonly about: string;
  /** Codes of formula and source: they may have no words. */
  readonly formula?: string;
  readonly source?: string;
  readonly default?: unknown;
  readonly required?: boolean;
}

/** Parts of a config whose `kind` names a method. */
const families: ReadonlySet<string | number> = new Set([
  'sampler',
  'loss',
  'weights',
  'mixing',
  'classifier',
  'model',
  'posthoc',
  'optimizer',
  'input',
]);

/** The place without list positions, as the words know it. */
const dotted = (path: KeyPath): string => path.filter((part) => typeof part === 'string').join('.');

/** What is known of a kind, given the place of its `kind` key; null for values that are no kinds. */
export const kindGuide = (path: KeyPath, kind: string): Guide | null => {
  const family = path.at(-2);
  if (path.at(-1) !== 'kind' || family === undefined || !families.has(family)) return null;
  const about = `guide/kind/${family}/${kind}`;
  return { title: kind, about, formula: `${about}/formula`, source: `${about}/source` };
};

/** What is known of a key by its place; `value` is the whole config as written. */
export const keyGuide = (path: KeyPath, value: unknown): Guide | null => {
  const name = path.at(-1);
  if (typeof name !== 'string') return null;
  const known = keysAt(path.slice(0, -1), value).find((key) => key.name === name);
  if (known === undefined) return null;
  // The key of every method; what it names is said at the value.
  const about = name === 'kind' ? dotted(path.slice(0, -1)) : dotted(path);
  return {
    title: dotted(path),
    about: `guide/key/${about}`,
    default: defaultAt(path, value),
    required: known.required,
  };
};
