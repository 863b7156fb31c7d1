import { LineReader } from '../../bytes/lineReader';
import type { OpenFile } from '../../types';
import { ArffRow } from './row';

const maxAttributes = 1_000_000;
const byteOrderMark = 0xef;

export interface ArffAttribute {
  readonly name: string;
  readonly kind: 'nominal' | 'numeric' | 'text';
  /** Values of a nominal attribute in their order; none for others. */
  readonly values: readonly string[];
}

export interface ArffHeader {
  readonly relation: string;
  readonly attributes: readonly ArffAttribute[];
  /** Where the lines of data begin, and the number of the line before them. */
  readonly start: number;
  readonly line: number;
  /** Lines that declare nothing which can be read. */
  readonly damaged: number;
}

const numeric: ReadonlySet<string> = new Set(['numeric', 'real', 'integer']);

const row = (text: string): readonly string[] => {
  const bytes = Buffer.from(text);
  const fields = new ArffRow();
  if (fields.read(bytes, 0, bytes.length) === 'damaged') return [];
  return Array.from({ length: fields.fields }, (_, at) => fields.text(at) ?? '?');
};

/** Name and the rest of what follows `@attribute` or `@relation`; null without a name. */
const nameAndRest = (text: string): readonly [string, string] | null => {
  const found = /^\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s{]+))\s*(.*)$/s.exec(text);
  if (found === null) return null;
  const [, inSingle, inDouble, bare, rest] = found;
  const quoted = inSingle ?? inDouble;
  return [quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/gs, '$1'), rest ?? ''];
};

const attributeOf = (text: string): ArffAttribute | null => {
  const found = nameAndRest(text);
  if (found === null) return null;
  const [name, rest] = found;
  if (rest.startsWith('{')) {
    const end = rest.lastIndexOf('}');
    if (end < 0) return null;
    return { name, kind: 'nominal', values: row(rest.slice(1, end).replace(/,\s*$/, '')) };
  }
  const kind = /^\w+/.exec(rest)?.[0].toLowerCase();
  if (kind === undefined) return null;
  return { name, kind: numeric.has(kind) ? 'numeric' : 'text', values: [] };
};

/** What stands before the data; null where the file ends before them or has no attribute. */
export const readArffHeader = (file: OpenFile): ArffHeader | null => {
  const reader = new LineReader(file, file.read(0, 1)[0] === byteOrderMark ? 3 : 0);
  const attributes: ArffAttribute[] = [];
  let relation = '';
  let damaged = 0;
  let inside: string | null = null;
  while (reader.read() && attributes.length < maxAttributes) {
    const text = reader.bytes.toString('utf8', reader.start, reader.end).trim();
    if (text === '' || text.startsWith('%')) continue;
    const word = /^@\w+/.exec(text)?.[0].toLowerCase() ?? '';
    const rest = text.slice(word.length);
    if (word === '@data') {
      if (attributes.length === 0) return null;
      const start = reader.offset + reader.end - reader.start + 1;
      return { relation, attributes, start, line: reader.line, damaged };
    }
    if (word === '@relation') relation = nameAndRest(rest)?.[0] ?? '';
    else if (word === '@end') inside = null;
    else if (word === '@attribute' && inside === null) {
      const attribute = attributeOf(rest);
      if (attribute === null) damaged++;
      else attributes.push(attribute);
      // What a relation holds is one value of its rows.
      if (/\srelational$/i.test(text)) inside = attribute?.name ?? '';
    } else if (inside === null) damaged++;
  }
  return null;
};
