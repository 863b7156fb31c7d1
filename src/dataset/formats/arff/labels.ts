import type { FileSource } from '../../types';
import { isSystemError } from '../../issues';
import { join, listFolder } from '../folders';
import { namedColumn } from '../csv/roles';
import type { ArffHeader } from './header';

const maxXml = 16 * 1024 * 1024;

/** Which attributes are the label. */
export interface ArffLabels {
  readonly columns: readonly number[];
  /** Each says whether a row is of the class of its name. */
  readonly areFlags: boolean;
  readonly by: 'user' | 'name' | 'content';
}

const flag = /^(?:0|1|true|false|yes|no)$/i;

const several = (header: ArffHeader, columns: readonly number[]): ArffLabels => ({
  columns,
  areFlags: columns.every((at) => {
    const { kind, values } = header.attributes[at] ?? { kind: 'text', values: [] };
    return kind === 'numeric' || (values.length <= 2 && values.every((value) => flag.test(value)));
  }),
  by: 'name',
});

/** Names in MULAN's list of labels, entities of XML undone. */
const namesIn = (xml: string): readonly string[] => {
  const marks: Readonly<Record<string, string>> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
  };
  return [...xml.matchAll(/<label\s[^<>]*?\bname\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g)].map((found) =>
    (found[1] ?? found[2] ?? '').replaceAll(/&(\w+);/g, (all, name: string) => marks[name] ?? all),
  );
};

/** Attributes that an XML file of MULAN beside the data names, all of them; null without one. */
const byXml = (source: FileSource, folder: string, header: ArffHeader): ArffLabels | null => {
  const places = new Map(header.attributes.map(({ name }, at) => [name, at]));
  try {
    for (const file of listFolder(source, folder).files) {
      if (!/\.xml$/i.test(file)) continue;
      const text = source.readText(join(folder, file), maxXml);
      if (!/<labels[\s>]/.test(text.slice(0, 4096))) continue;
      const columns = namesIn(text).map((name) => places.get(name) ?? -1);
      if (columns.length > 0 && !columns.includes(-1))
        return several(header, [...new Set(columns)]);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
  return null;
};

/** MEKA's `-C n` in the relation's name: the first n attributes are labels, of a negative n the last. */
const byRelation = (header: ArffHeader): ArffLabels | null => {
  const number = Number(/(?:^|\s)-[Cc]\s+(-?\d{1,6})(?:\s|$)/.exec(header.relation)?.[1] ?? 0);
  const count = Math.abs(number);
  const { length } = header.attributes;
  if (count === 0 || count > length) return null;
  const first = number > 0 ? 0 : length - count;
  return several(
    header,
    Array.from({ length: count }, (_, at) => first + at),
  );
};

/**
 * The label of a file: what the user names, what MEKA or MULAN declare, the attribute "class", else
 * the last nominal one. Null without any, or where there is none of the name.
 */
export const arffLabels = (
  source: FileSource,
  folder: string,
  header: ArffHeader,
  named: string | undefined,
): ArffLabels | null => {
  const { attributes } = header;
  const columns = attributes.map(({ name }, index) => ({ index, name, values: [], distinct: 0 }));
  const user = namedColumn(columns, named)?.index;
  if (named !== undefined)
    return user === undefined ? null : { columns: [user], areFlags: false, by: 'user' };
  const declared = byRelation(header) ?? byXml(source, folder, header);
  if (declared !== null) return declared;
  const isClass = attributes.findLastIndex(({ name }) => /^class$/i.test(name));
  if (isClass >= 0) return { columns: [isClass], areFlags: false, by: 'name' };
  const nominal = attributes.findLastIndex(({ kind }) => kind === 'nominal');
  if (nominal < 0) return null;
  const isLast = nominal === attributes.length - 1;
  return { columns: [nominal], areFlags: false, by: isLast ? 'name' : 'content' };
};
