import { stringify } from 'yaml';
import type { DatasetFacts } from '../facts';
import { keysAt, valuesAt, type KeyPath, type KnownKey } from '../keys';
import { keyGuide, kindGuide, type Guide } from './guide';
import { placeAt, type Place } from './place';

/** One thing that may be written at the cursor. */
export interface Completion {
  readonly label: string;
  readonly what: 'key' | 'value' | 'class' | 'split';
  /** Text that replaces the word; `$0` is where the cursor goes. */
  readonly snippet: string;
  readonly from: number;
  readonly to: number;
  /** What the words know of it. */
  readonly guide: Guide | null;
  /** Training samples, of a class. */
  readonly count?: number;
}

const escaped = (text: string): string => text.replaceAll(/[\\$}]/g, '\\$&');

/** A value as YAML writes it: a class called 10 or yes needs quotes. */
const asYaml = (value: string | number | boolean): string =>
  escaped(stringify(value, { lineWidth: 0 }).trimEnd());

/** Columns the line of an offset begins with, for what goes on in the next line. */
const indentAt = (text: string, offset: number): string => {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [blanks = ''] = /^[ ]*(?:- +)?/.exec(text.slice(start, offset)) ?? [];
  return ' '.repeat(blanks.length);
};

const keySnippet = ({ name, holds }: KnownKey, place: Place, text: string): string => {
  const key = escaped(name);
  if (holds === 'kind') return `${key}: { kind: $0 }`;
  if (holds === 'list' && name !== 'stages') return `${key}: [$0]`;
  if (place.inFlow) return holds === 'map' ? `${key}: { $0 }` : `${key}: $0`;
  const indent = indentAt(text, place.from);
  if (name === 'stages') return `${key}:\n${indent}  - $0`;
  return holds === 'map' ? `${key}:\n${indent}  $0` : `${key}: $0`;
};

const isAfterColon = (text: string, to: number): boolean => /^\s*:/.test(text.slice(to));

const matches = (path: KeyPath, pattern: readonly (string | null)[]): boolean =>
  path.length === pattern.length && pattern.every((part, i) => part === null || part === path[i]);

/** Maps whose keys are class names. */
const isByClass = (path: KeyPath): boolean =>
  matches(path, ['goal', 'prior']) || matches(path, ['posthoc', 'at']);

/** Places whose values, or keys, are class names. */
const wantsClass = ({ kind, path }: Place): boolean =>
  isByClass(path) ||
  (kind === 'value' &&
    (matches(path, ['dataset', 'classes', 'ignore', null]) ||
      matches(path, ['dataset', 'classes', 'merge', null, null])));

const splitsFor = ({ kind, path }: Place, facts: DatasetFacts | null): readonly string[] => {
  const part = kind === 'value' && matches(path, ['dataset', 'splits', null]) ? path[2] : null;
  return part === null || part === undefined ? [] : [...(facts?.splits ?? [])];
};

const keysFor = (place: Place, path: KeyPath, text: string): Completion[] => {
  const { from, to, value, present } = place;
  const isKeyAlready = isAfterColon(text, to);
  return keysAt(path, value)
    .filter(({ name }) => !present.includes(name))
    .map((key) => ({
      label: key.name,
      what: 'key',
      snippet: isKeyAlready ? escaped(key.name) : keySnippet(key, place, text),
      ...{ from, to },
      guide: keyGuide([...path, key.name], value),
    }));
};

const valuesFor = (place: Place): Completion[] => {
  const { path, from, to, value } = place;
  return valuesAt(path, value).map((one) => ({
    label: String(one),
    what: 'value',
    snippet: asYaml(one),
    ...{ from, to },
    guide: kindGuide(path, String(one)),
  }));
};

const classesFor = (place: Place, facts: DatasetFacts | null): Completion[] => {
  if (facts === null || !wantsClass(place)) return [];
  const { from, to, kind, present } = place;
  const asKey = kind === 'key' || isByClass(place.path);
  return facts.classes
    .filter(({ name }) => !present.includes(name))
    .map(({ name, count }) => ({
      label: name,
      what: 'class',
      snippet: asKey ? `${asYaml(name)}: $0` : asYaml(name),
      ...{ from, to, count },
      guide: null,
    }));
};

/**
 * What may be written at an offset of a config's text: keys and values by the schema, classes and
 * splits of the dataset where it was scanned. Empty where nothing is known.
 */
export const completionsAt = (
  text: string,
  offset: number,
  facts: DatasetFacts | null,
): readonly Completion[] => {
  const place = placeAt(text, offset);
  if (place === null) return [];
  const { kind, path, from, to } = place;
  if (kind === 'key') return [...keysFor(place, path, text), ...classesFor(place, facts)];
  // Below a key with nothing yet, or behind a dash, a word may be the first key of a map.
  const startsLine = /(^|\n)[ ]*(- +)?$/.test(text.slice(0, from));
  return [
    ...(startsLine ? keysFor(place, path, text) : []),
    ...valuesFor(place),
    ...splitsFor(place, facts).map((name): Completion => ({
      label: name,
      what: 'split',
      snippet: asYaml(name),
      ...{ from, to },
      guide: null,
    })),
    ...classesFor(place, facts),
  ];
};
