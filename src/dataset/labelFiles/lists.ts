import { insidePath } from '../formats/listFile/insidePath';
import { parseLine } from '../formats/listFile/line';
import { findLists } from '../formats/listFile/lists';
import { join } from '../formats/folders';
import { lineSpan, ProblemList, wholeLines } from './common';
import type { CheckLabelFiles, FileProblem, LabelFix } from './types';

interface Row {
  readonly line: number;
  readonly text: string;
  /** null for a line that names no file and class. */
  readonly name: string | null;
  readonly label: number;
}

const rowsOf = (bytes: Buffer): readonly Row[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .flatMap((raw, line): Row[] => {
      const text = raw.replace(/\r$/, '');
      if (text.trim() === '') return [];
      const row = Buffer.from(text);
      const found = parseLine(row, 0, row.length);
      if (found === null || found.nameEnd === found.start)
        return [{ line, text, name: null, label: -1 }];
      const name = row.toString('utf8', found.start, found.nameEnd);
      return [{ line, text, name, label: found.label }];
    });

const removeRow = (line: number): readonly LabelFix[] => [
  {
    title: { code: 'labelFiles/fix/remove-row', params: {} },
    edits: [{ span: wholeLines(line), text: '' }],
  },
];

const checkList = (
  rows: readonly Row[],
  trained: ReadonlySet<number> | null,
): readonly FileProblem[] => {
  const problems = new ProblemList();
  const seen = new Map<string, Row>();
  const said = new Set<number>();
  for (const { line, text, name, label } of rows) {
    if (problems.isFull) break;
    const span = lineSpan(line, text);
    const add = (
      code: string,
      params: Readonly<Record<string, string | number>>,
      fixes: readonly LabelFix[] = [],
    ): void => problems.add('warning', { code, params }, span, fixes);
    if (name === null) {
      add('labelFiles/damaged-line', {}, removeRow(line));
      continue;
    }
    if (insidePath(name) === null) add('labelFiles/outside', { name });
    if (label < 0) add('labelFiles/negative-id', { id: label });
    else if (trained !== null && !trained.has(label) && !said.has(label)) {
      said.add(label);
      add('labelFiles/id-not-in-train', { id: label });
    }
    const earlier = seen.get(name);
    if (earlier === undefined) seen.set(name, { line, text, name, label });
    else if (earlier.label === label)
      add('labelFiles/repeated-row', { line: earlier.line + 1 }, removeRow(line));
    else add('labelFiles/two-labels', { line: earlier.line + 1, label: earlier.label });
  }
  return problems.found;
};

/** Lines of lists: damaged, repeated, with two classes, with a class that is not trained on. */
export const checkLists: CheckLabelFiles = ({ source, root }, read) => {
  const { folder, lists } = findLists(source, root);
  const known = lists.flatMap(({ path, split, kind }) => {
    const absolute = join(folder, path);
    const bytes = kind === 'files' ? read(absolute) : null;
    return bytes === null ? [] : [{ absolute, split, rows: rowsOf(bytes) }];
  });
  const isWhole = known.length === lists.length;
  const train = known.filter(({ split }) => split === 'train').flatMap(({ rows }) => rows);
  // A training list that was not read would make every class look absent.
  const trained = isWhole && train.length > 0 ? new Set(train.map(({ label }) => label)) : null;
  return new Map(
    known.map(({ absolute, split, rows }) => [
      absolute,
      checkList(rows, split === 'train' ? null : trained),
    ]),
  );
};
