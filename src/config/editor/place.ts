import { isMap, isNode, isPair, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import { isTooDeep } from '../../dataset/bytes/plainYaml';
import type { KeyPath } from '../keys';

/** Where a cursor stands in the text of a config. */
export interface Place {
  /** `key`: at a key of the map at `path`; `value`: at the value of the place `path`. */
  readonly kind: 'key' | 'value';
  readonly path: KeyPath;
  /** The word the cursor is in, and how much of it stands before the cursor. */
  readonly word: string;
  readonly before: string;
  /** Offsets of the word. */
  readonly from: number;
  readonly to: number;
  /** Keys that stand at `path` already, without the word itself. */
  readonly present: readonly string[];
  /** Whether the place is inside brackets, where a value cannot go on in the next line. */
  readonly inFlow: boolean;
  /** The whole config as it is written, without the word. */
  readonly value: unknown;
}

/** A word no config holds: it shows where the parser puts the cursor. */
const marker = 'longtailCursor';

interface Found {
  readonly kind: Place['kind'];
  readonly path: KeyPath;
  readonly node: Node;
  readonly parent: Node | null;
  readonly inFlow: boolean;
}

const isMarked = (node: unknown): node is Node =>
  isScalar(node) && typeof node.value === 'string' && node.value.includes(marker);

const isFlow = (node: Node): boolean => (isMap(node) || isSeq(node)) && node.flow === true;

const search = (node: unknown, path: KeyPath, inFlow: boolean): Found | null => {
  if (!isNode(node)) return null;
  const flow = inFlow || isFlow(node);
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (isMarked(key)) return { kind: 'key', path, node: key, parent: node, inFlow: flow };
      const name = isScalar(key) ? String(key.value) : '';
      if (isMarked(value))
        return { kind: 'value', path: [...path, name], node: value, parent: node, inFlow: flow };
      const found = search(value, [...path, name], flow);
      if (found !== null) return found;
    }
  }
  if (isSeq(node)) {
    for (const [i, item] of node.items.entries()) {
      if (isMarked(item))
        return { kind: 'value', path: [...path, i], node: item, parent: node, inFlow: flow };
      const found = search(isPair(item) ? null : item, [...path, i], flow);
      if (found !== null) return found;
    }
  }
  return null;
};

const keysOf = (node: Node | null): readonly string[] =>
  isMap(node)
    ? node.items
        .map(({ key }) => (isScalar(key) ? String(key.value) : marker))
        .filter((name) => !name.includes(marker))
    : [];

/** A value without the marker: what it stands in is no text yet. */
const withoutMarker = (value: unknown): unknown => {
  if (typeof value === 'string') return value.includes(marker) ? value.replace(marker, '') : value;
  if (Array.isArray(value)) return value.map(withoutMarker);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.includes(marker));
  return Object.fromEntries(kept.map(([key, own]) => [key, withoutMarker(own)]));
};

/**
 * The key or value that a cursor stands at, whole or half written; null in comments, in quotes that
 * are not closed, and where there is no YAML. The parser itself says so: it is given the text with a
 * word put in at the cursor.
 */
export const placeAt = (text: string, offset: number): Place | null => {
  if (isTooDeep(text)) return null;
  const marked = `${text.slice(0, offset)}${marker}${text.slice(offset)}`;
  const document = parseDocument(marked, { prettyErrors: false });
  const root = document.contents;
  const found = isMarked(root)
    ? ({ kind: 'key', path: [], node: root, parent: null, inFlow: false } as const)
    : search(root, [], false);
  const range = found?.node.range;
  if (!found || !range) return null;
  const [from, end] = range;
  const to = end - marker.length;
  let value: unknown;
  try {
    value = withoutMarker(document.toJS({ maxAliasCount: 100 }));
  } catch {
    value = null;
  }
  const { kind, path, parent, inFlow } = found;
  return {
    ...{ kind, path, inFlow, from, to, value },
    word: text.slice(from, to),
    before: text.slice(from, offset),
    present: kind === 'key' ? keysOf(parent) : [],
  };
};
