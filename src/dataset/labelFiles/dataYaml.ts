import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  stringify,
  type Node,
} from 'yaml';
import { isTooDeep } from '../bytes/plainYaml';
import { findConfig } from '../formats/yolo/config';
import { join, rootFolder } from '../formats/folders';
import { ProblemList } from './common';
import type { CheckLabelFiles, FileProblem, LabelFacts, LabelFix, Span } from './types';

interface Named {
  readonly id: number;
  readonly name: string;
  readonly node: Node;
}

interface DataYaml {
  readonly names: readonly Named[];
  readonly namesNode: Node | null;
  /** null where it is not written. */
  readonly nc: { readonly value: number; readonly node: Node } | null;
  readonly spanOf: (node: Node) => Span;
  readonly spanAt: (from: number, to: number) => Span;
  readonly text: string;
}

const parse = (text: string): DataYaml | null => {
  if (isTooDeep(text)) return null;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent', schema: 'core' });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const spanAt = (from: number, to: number): Span => {
    const start = lines.linePos(from);
    const end = lines.linePos(to);
    return {
      ...{ startLine: start.line - 1, startColumn: start.col - 1 },
      ...{ endLine: end.line - 1, endColumn: end.col - 1 },
    };
  };
  const node: unknown = document.get('names', true);
  const names: Named[] = [];
  const put = (id: number, value: unknown): void => {
    if (isScalar(value) && Number.isInteger(id))
      names.push({ id, name: String(value.value).trim(), node: value });
  };
  if (isSeq(node)) node.items.forEach((item, id) => put(id, item));
  if (isMap(node))
    for (const { key, value } of node.items) put(isScalar(key) ? Number(key.value) : NaN, value);
  const nc: unknown = document.get('nc', true);
  return {
    names,
    namesNode: isNode(node) ? node : null,
    nc: isScalar(nc) && typeof nc.value === 'number' ? { value: nc.value, node: nc } : null,
    spanOf: (one) => spanAt(one.range?.[0] ?? 0, one.range?.[1] ?? 0),
    spanAt,
    text,
  };
};

const setCount = ({ nc, spanOf }: DataYaml, count: number): LabelFix['edits'] =>
  nc === null || nc.value === count ? [] : [{ span: spanOf(nc.node), text: String(count) }];

/** Names for class numbers that have none, at the end of the list or map as it is written. */
const addNames = (yaml: DataYaml, missing: readonly number[]): readonly LabelFix[] => {
  const { names, namesNode, spanAt } = yaml;
  const last = names.at(-1);
  const range = last?.node.range;
  if (last === undefined || !range || !(isSeq(namesNode) || isMap(namesNode))) return [];
  const most = Math.max(...missing);
  const known = new Set(names.map(({ id }) => id));
  // A list has no gaps: numbers in between get a name too.
  const ids = isSeq(namesNode)
    ? Array.from({ length: most + 1 }, (_, id) => id).filter((id) => !known.has(id))
    : missing;
  const item = (id: number): string => (isSeq(namesNode) ? `class_${id}` : `${id}: class_${id}`);
  const at = range[1];
  const lineStart = yaml.text.lastIndexOf('\n', range[0] - 1) + 1;
  const [lead = ''] = /^[ ]*/.exec(yaml.text.slice(lineStart)) ?? [];
  const text = namesNode.flow
    ? ids.map((id) => `, ${item(id)}`).join('')
    : ids.map((id) => `\n${lead}${isSeq(namesNode) ? '- ' : ''}${item(id)}`).join('');
  const title = {
    code: 'labelFiles/fix/add-names',
    params: { names: ids.slice(0, 5).map((id) => `class_${id}`), count: ids.length },
  };
  const count = Math.max(most, ...known) + 1;
  return [{ title, edits: [{ span: spanAt(at, at), text }, ...setCount(yaml, count)] }];
};

/** Numbers that the label files use and no name stands for: the scan shows them as classes of that name. */
const unnamedIds = (facts: LabelFacts, names: readonly Named[]): readonly number[] => {
  const known = new Set(names.map(({ name }) => name));
  return facts.classes
    .filter(({ name, count }) => count > 0 && /^\d{1,6}$/.test(name) && !known.has(name))
    .map(({ name }) => Number(name))
    .sort((a, b) => a - b);
};

const check = (yaml: DataYaml, facts: LabelFacts): readonly FileProblem[] => {
  const { names, nc, namesNode, spanOf } = yaml;
  const problems = new ProblemList();
  if (nc !== null && names.length > 0 && nc.value !== names.length)
    problems.add(
      'error',
      { code: 'labelFiles/count-differs', params: { nc: nc.value, names: names.length } },
      spanOf(nc.node),
      [
        {
          title: { code: 'labelFiles/fix/count', params: { names: names.length } },
          edits: setCount(yaml, names.length),
        },
      ],
    );
  const missing = names.length === 0 ? [] : unnamedIds(facts, names);
  const place = namesNode ?? nc?.node;
  if (missing.length > 0 && place !== undefined) {
    const shown = missing.slice(0, 8).map(String);
    problems.add(
      'error',
      { code: 'labelFiles/ids-without-name', params: { ids: shown, count: missing.length } },
      {
        ...spanOf(place),
        endLine: spanOf(place).startLine,
        endColumn: spanOf(place).startColumn + 1,
      },
      addNames(yaml, missing),
    );
  }
  const counts = new Map(facts.classes.map(({ name, count }) => [name, count]));
  const seen = new Map<string, number>();
  for (const { id, name, node } of names) {
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      const other = `${name}_${id}`;
      problems.add(
        'warning',
        { code: 'labelFiles/name-twice', params: { name, id, other: earlier } },
        spanOf(node),
        [
          {
            title: { code: 'labelFiles/fix/rename', params: { name: other } },
            edits: [{ span: spanOf(node), text: stringify(other).trim() }],
          },
        ],
      );
    } else if ((counts.get(name) ?? 0) === 0)
      problems.add('info', { code: 'labelFiles/dead-name', params: { name, id } }, spanOf(node));
    seen.set(name, id);
  }
  return problems.found;
};

/** `data.yaml`: names against the numbers that label files use, and against `nc`. */
export const checkDataYaml: CheckLabelFiles = ({ source, root, facts }, read) => {
  const { folder } = rootFolder(source, root);
  const file = findConfig(source, root)?.file;
  if (file === null || file === undefined || !/\.ya?ml$/i.test(file)) return new Map();
  const path = join(folder, file);
  const bytes = read(path);
  const yaml = bytes === null ? null : parse(bytes.toString('utf8'));
  return yaml === null ? new Map() : new Map([[path, check(yaml, facts)]]);
};
