import { LineColumns } from './columns';
import type { Parting } from './columns';
import { readTag } from './entities';

const mostLines = 4000;
const mostNames = 64;
const [hash, docStart] = [0x23, Buffer.from('-DOCSTART-')];

/** What tags stand for: parts of entities, bare types of entities, or a class of each token. */
export type TagKind = 'entities' | 'types' | 'tokens';

/** How the lines of a file are read. */
export interface ConllPlan {
  readonly parting: Parting;
  /** Ten columns with a number first: comments, ranges ("1-2") and empty nodes ("1.1") are no tokens. */
  readonly isConllU: boolean;
  readonly columns: number;
  /** Names of the columns where the format or the file gives them. */
  readonly names: readonly string[];
  readonly token: number;
  readonly tag: number;
  readonly kind: TagKind;
  /** Other columns whose tags are parts of entities, by their names or else their numbers. */
  readonly others: readonly string[];
  /** Tokens of the head whose tag fits, and of all; sentences of the head. */
  readonly fitting: number;
  readonly tokens: number;
  readonly sentences: number;
  /** Some of the tags. */
  readonly shown: readonly string[];
  /** Set where the user named a column that is not there. */
  readonly missing: string | null;
}

const conllU = 'ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC'.split(' ');

/** Whether a line opens a document of CoNLL-2003: it parts sentences and is no token. */
export const isDocStart = (bytes: Buffer, start: number, end: number): boolean =>
  end - start >= docStart.length &&
  bytes.compare(docStart, 0, docStart.length, start, start + docStart.length) === 0;

/** Whether a first column numbers no token: a range of a multiword or an empty node. */
export const isNoToken = (id: string): boolean => /^\d+[-.]\d+$/.test(id);

interface HeadLine {
  readonly cells: readonly string[];
  readonly isHash: boolean;
}

/** The lines of a head by their cells; no cells for what parts sentences. */
const headLines = (head: Buffer, isCut: boolean, parting: Parting): readonly HeadLine[] => {
  const columns = new LineColumns();
  const lines: HeadLine[] = [];
  let from = head[0] === 0xef ? 3 : 0;
  while (from < head.length && lines.length < mostLines) {
    const found = head.indexOf(0x0a, from);
    if (found < 0 && isCut) break;
    const to = found < 0 ? head.length : found;
    columns.read(head, from, to, parting);
    const count = isDocStart(head, from, to) ? 0 : Math.min(columns.count, mostNames);
    const cells = Array.from({ length: count }, (_, at) => columns.text(head, at));
    lines.push({ cells, isHash: head[from] === hash });
    from = to + 1;
  }
  return lines;
};

const mostCommon = (values: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
};

/** Names after `# global.columns =`, as CoNLL-U Plus has them. */
const declared = (lines: readonly HeadLine[]): readonly string[] | null => {
  for (const { cells, isHash } of lines) {
    if (!isHash) return null;
    const words = cells.flatMap((cell) => cell.split(/[ =]+/)).filter((word) => word !== '');
    const at = words.indexOf('global.columns');
    if (at >= 0) return words.slice(at + 1);
  }
  return null;
};

const columnOf = (named: string, names: readonly string[], columns: number): number | null => {
  const at = names.findIndex((name) => name.toLowerCase() === named.toLowerCase());
  if (at >= 0) return at;
  const number = /^\d{1,4}$/.test(named) ? Number(named) - 1 : -1;
  return number >= 0 && number < columns ? number : null;
};

const kindOf = (tags: readonly string[]): TagKind => {
  const parts = tags.filter((tag) => readTag(tag) !== null).length;
  const outside = tags.filter((tag) => tag === 'O').length;
  if (parts >= 0.9 * tags.length && parts > outside) return 'entities';
  return outside >= 0.5 * tags.length && outside < tags.length ? 'types' : 'tokens';
};

const nameOf = (names: readonly string[], column: number): string =>
  names[column] ?? String(column + 1);

/** How the file of this head is read; null where its lines are no tokens with a tag. */
export const planConll = (
  bytes: Uint8Array,
  isCut: boolean,
  named: string | undefined,
): ConllPlan | null => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head.includes(0)) return null;
  const tabbed = headLines(head, isCut, 'tab');
  const filled = tabbed.filter(({ cells, isHash }) => cells.length > 0 && !isHash);
  const tabs = filled.filter(({ cells }) => cells.length > 1).length;
  const parting = tabs >= 0.9 * filled.length ? 'tab' : 'blank';
  const lines = parting === 'tab' ? tabbed : headLines(head, isCut, parting);
  const names = declared(lines);
  const rows = lines.filter(({ cells, isHash }) => cells.length > 0 && !isHash);
  const columns = mostCommon(rows.map(({ cells }) => cells.length));
  const ids = rows.filter(({ cells }) => /^\d+(?:[-.]\d+)?$/.test(cells[0] ?? '')).length;
  const isConllU = names !== null || (columns === 10 && ids >= 0.9 * rows.length);
  const all = names ?? (isConllU ? conllU : []);
  const found = named === undefined ? undefined : columnOf(named, all, columns);
  const upos = all.indexOf('UPOS');
  const tag = found ?? (upos >= 0 && isConllU ? upos : columns - 1);
  const tokens = rows.filter(({ cells }) => !isConllU || !isNoToken(cells[0] ?? ''));
  const even = tokens.filter(({ cells }) => cells.length === columns);
  const tagsIn = (column: number): readonly string[] =>
    even.map(({ cells }) => cells[column] ?? '');
  const tags = tagsIn(tag);
  if (columns < 2 || tags.length === 0) return null;
  const kind = kindOf(tags);
  const fitting = kind === 'entities' ? tags.filter((text) => readTag(text) !== null) : tags;
  const gaps = lines.filter(({ cells }, at) => cells.length === 0 && at > 0);
  return {
    parting,
    isConllU,
    columns,
    names: all,
    token: Math.max(0, all.indexOf('FORM')),
    tag,
    kind,
    others: [...Array(columns).keys()]
      .filter((column) => column !== tag && kindOf(tagsIn(column)) === 'entities')
      .map((column) => nameOf(all, column)),
    fitting: fitting.length,
    tokens: tokens.length,
    sentences: 1 + gaps.length,
    shown: [...new Set(fitting.filter((text) => text !== 'O'))].slice(0, 4),
    missing: found === null ? (named ?? '') : null,
  };
};
