import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { KeyPath } from '../keys';

/** Text that replaces a part of a file. Offsets are of the text before any edit. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

type Holder = YAMLMap | YAMLSeq;

const startOf = (node: Node): number => node.range?.[0] ?? 0;
/** Behind the last character of a value, its comment not counted. */
const endOf = (node: Node): number => node.range?.[1] ?? 0;

const pairOf = (map: YAMLMap, key: string | number): Pair | undefined =>
  map.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));

/** Key and value of an entry: in a list the value alone. */
interface Entry {
  readonly first: Node;
  readonly last: Node;
}

const entryOf = ({ key, value }: Pair): Entry | null =>
  isNode(key) ? { first: key, last: isNode(value) && endOf(value) > 0 ? value : key } : null;

const entriesOf = (holder: Holder): readonly Entry[] =>
  isMap(holder)
    ? holder.items.flatMap((item) => entryOf(item) ?? [])
    : holder.items.flatMap((item) => (isNode(item) ? [{ first: item, last: item }] : []));

const holderAt = (document: Document, path: KeyPath): Holder | null => {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isMap(node) || isSeq(node) ? node : null;
};

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
};

const findEntry = (document: Document, path: KeyPath): { holder: Holder; at: number } | null => {
  const last = path.at(-1);
  const holder = holderAt(document, path.slice(0, -1));
  if (holder === null || last === undefined) return null;
  if (isSeq(holder)) return { holder, at: Number(last) };
  const pair = pairOf(holder, last);
  return pair === undefined ? null : { holder, at: holder.items.indexOf(pair) };
};

/** Takes an entry of a map or list out, with its line or its comma; comments above it stay. */
export const removeAt = (text: string, path: KeyPath): readonly TextEdit[] => {
  const document = parseDocument(text);
  const found = findEntry(document, path);
  if (found === null) return [];
  const entries = entriesOf(found.holder);
  const own = entries[found.at];
  if (own === undefined) return [];
  const from = startOf(own.first);
  const to = endOf(own.last);
  const next = entries[found.at + 1];
  const before = entries[found.at - 1];
  if (found.holder.flow === true) {
    if (next !== undefined) return [{ from, to: startOf(next.first), text: '' }];
    return [{ from: before === undefined ? from : endOf(before.last), to, text: '' }];
  }
  // Behind a dash the next key moves up; a line of its own goes as a whole.
  const isAlone = /^[ ]*(- +)?$/.test(text.slice(lineStart(text, from), from));
  const hasDash = text.slice(lineStart(text, from), from).includes('-');
  if (isMap(found.holder) && hasDash && next !== undefined)
    return [{ from, to: startOf(next.first), text: '' }];
  if (!isAlone) return [{ from, to, text: '' }];
  return [{ from: lineStart(text, from), to: lineEnd(text, Math.max(from, to - 1)), text: '' }];
};

/** A value in one line, as YAML writes it between braces. */
const inLine = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null)
    return stringify(value, { lineWidth: 0 }).trimEnd();
  const pairs = Object.entries(value).map(([key, own]) => `${inLine(key)}: ${inLine(own)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
};

const wrapped = (path: KeyPath, value: unknown): unknown =>
  path.reduceRight((inner: unknown, part) => ({ [String(part)]: inner }), value);

/** Writes a value at a place, in one line: over what is there, else as a new key of its map. */
export const setAt = (text: string, path: KeyPath, value: unknown): readonly TextEdit[] => {
  const document = parseDocument(text);
  const found = findEntry(document, path);
  if (found !== null) {
    const entry = entriesOf(found.holder)[found.at];
    if (entry === undefined) return [];
    const { first, last } = entry;
    if (first === last && isMap(found.holder))
      return [{ from: endOf(first), to: colonEnd(text, endOf(first)), text: `: ${inLine(value)}` }];
    // What follows a block value in its last line is not part of it.
    const end = text.slice(startOf(last), endOf(last)).trimEnd().length;
    const from = startOf(last);
    const isBlock = (isMap(last) || isSeq(last)) && last.flow !== true;
    const followsKey = isMap(found.holder) && (isBlock || end === 0);
    const start = followsKey ? colonEnd(text, endOf(first)) : from;
    const blank = followsKey ? ' ' : '';
    return [{ from: start, to: from + end, text: `${blank}${inLine(value)}` }];
  }
  // The nearest map that is there takes the rest as a nested value.
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const holder = holderAt(document, path.slice(0, depth));
    const key = path[depth];
    if (holder === null || key === undefined) continue;
    if (!isMap(holder)) return [];
    return insert(text, holder, String(key), wrapped(path.slice(depth + 1), value));
  }
  return [];
};

const colonEnd = (text: string, at: number): number => {
  const [colon = ''] = /^[ ]*:/.exec(text.slice(at)) ?? [];
  return at + colon.length;
};

const insert = (text: string, map: YAMLMap, key: string, value: unknown): readonly TextEdit[] => {
  const written = `${inLine(key)}: ${inLine(value)}`;
  const last = entriesOf(map).at(-1);
  if (map.flow === true) {
    if (last === undefined) return [{ from: startOf(map), to: endOf(map), text: `{ ${written} }` }];
    const at = endOf(last.last);
    return [{ from: at, to: at, text: `, ${written}` }];
  }
  if (last === undefined) return [];
  const first = entriesOf(map)[0] ?? last;
  const column = startOf(first.first) - lineStart(text, startOf(first.first));
  const at = lineEnd(text, Math.max(0, endOf(last.last) - 1));
  const before = at > 0 && text[at - 1] !== '\n' ? '\n' : '';
  return [{ from: at, to: at, text: `${before}${' '.repeat(column)}${written}\n` }];
};

/** Renames the key at a place; its value and comments stay. */
export const renameKey = (text: string, path: KeyPath, name: string): readonly TextEdit[] => {
  const found = findEntry(parseDocument(text), path);
  if (found === null || !isMap(found.holder)) return [];
  const key = found.holder.items[found.at]?.key;
  if (!isScalar(key)) return [];
  return [{ from: startOf(key), to: endOf(key), text: inLine(name) }];
};

/** Adds items to a list at a place; makes the list where there is none. */
export const addItems = (
  text: string,
  path: KeyPath,
  items: readonly string[],
): readonly TextEdit[] => {
  const holder = holderAt(parseDocument(text), path);
  if (holder === null || !isSeq(holder)) return setAt(text, path, items);
  const own: unknown = holder.toJSON();
  return setAt(text, path, [...(Array.isArray(own) ? (own as unknown[]) : []), ...items]);
};

/** A text with edits made that do not overlap. */
export const applyEdits = (text: string, edits: readonly TextEdit[]): string =>
  [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((now, edit) => now.slice(0, edit.from) + edit.text + now.slice(edit.to), text);
