import { join } from '../formats/folders';
import { findCoco } from '../formats/coco/files';
import { JsonDamage, JsonScanner } from '../json/jsonScanner';
import { KeyTable } from '../json/keyTable';
import { LineCounter, outsideTrain, ProblemList } from './common';
import type { CheckLabelFiles, FileProblem, LabelFacts, LabelFix, Span } from './types';

const topKeys = new KeyTable(['annotations', 'categories']);
const categoryKeys = new KeyTable(['id', 'name']);
const annotationKeys = new KeyTable(['category_id']);

/** Bytes [from, to) of the file. */
interface Piece {
  readonly from: number;
  readonly to: number;
}

interface CategoryRecord extends Piece {
  readonly id: number | string;
  readonly name: string;
}

interface CocoParts {
  readonly categories: readonly CategoryRecord[];
  /** The first annotation of each category number. */
  readonly used: ReadonlyMap<number | string, Piece>;
}

/** Places of categories and of the first annotation of each; null where the file is damaged. */
const readParts = (bytes: Buffer): CocoParts | null => {
  const scanner = new JsonScanner({
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
    close: () => undefined,
  });
  const categories: CategoryRecord[] = [];
  const used = new Map<number | string, Piece>();
  const category = (): void => {
    scanner.peek();
    const from = scanner.offset;
    const own: { id: number | string | null; name: string | null } = { id: null, name: null };
    scanner.object(categoryKeys, (key) => {
      if (key === 0) own.id = scanner.id();
      else if (key === 1) own.name = scanner.text();
      else scanner.skip();
    });
    const { id, name } = own;
    if (id !== null) categories.push({ from, to: scanner.offset, id, name: name ?? String(id) });
  };
  const annotation = (): void => {
    scanner.peek();
    const from = scanner.offset;
    const ids: (number | string)[] = [];
    scanner.object(annotationKeys, (key) => {
      if (key !== 0) scanner.skip();
      else ids.push(scanner.id() ?? '');
    });
    const [id] = ids;
    if (id !== undefined && id !== '' && !used.has(id)) used.set(id, { from, to: scanner.offset });
  };
  try {
    scanner.object(topKeys, (key) => {
      if (key < 0) scanner.skip();
      else scanner.array(key === 0 ? annotation : category);
    });
  } catch (error) {
    if (error instanceof JsonDamage) return null;
    throw error;
  }
  return { categories, used };
};

/** Spans of pieces of the file, in whatever order. */
const spansOf = (bytes: Buffer, pieces: readonly Piece[]): ((piece: Piece) => Span | undefined) => {
  const lines = new LineCounter(bytes);
  const marks = new Map<number, { readonly line: number; readonly column: number }>();
  const offsets = pieces.flatMap(({ from, to }) => [from, to]).sort((a, b) => a - b);
  for (const offset of offsets) marks.set(offset, lines.place(offset));
  return ({ from, to }) => {
    const start = marks.get(from);
    const end = marks.get(to);
    if (start === undefined || end === undefined) return undefined;
    return {
      ...{ startLine: start.line, startColumn: start.column },
      ...{ endLine: end.line, endColumn: end.column },
    };
  };
};

/** The object with the comma behind it, or else the one before: what is left is JSON. */
const withComma = (bytes: Buffer, { from, to }: Piece): Piece => {
  const after = /^\s*,\s*/.exec(bytes.toString('latin1', to, to + 200));
  if (after !== null) return { from, to: to + after[0].length };
  const before = /,\s*$/.exec(bytes.toString('latin1', Math.max(0, from - 200), from));
  return before === null ? { from, to } : { from: from - before[0].length, to };
};

const checkFile = (bytes: Buffer, facts: LabelFacts): readonly FileProblem[] => {
  const parts = readParts(bytes);
  if (parts === null) return [];
  const { categories, used } = parts;
  const counts = new Map(facts.classes.map(({ name, count }) => [name, count]));
  const absent = outsideTrain(facts);
  const known = new Set(categories.map(({ id }) => id));
  const cuts = new Map(categories.map((one) => [one.from, withComma(bytes, one)]));
  const unknown = [...used].filter(([id]) => !known.has(id));
  const spanOf = spansOf(bytes, [
    ...categories,
    ...unknown.map(([, place]) => place),
    ...cuts.values(),
  ]);
  const problems = new ProblemList();
  const seen = new Map<number | string, CategoryRecord>();
  for (const one of categories) {
    const span = spanOf(one);
    if (span === undefined) continue;
    const { id, name } = one;
    const cut = cuts.get(one.from);
    const cutSpan = cut === undefined ? undefined : spanOf(cut);
    const remove: readonly LabelFix[] =
      cutSpan === undefined
        ? []
        : [
            {
              title: { code: 'labelFiles/fix/remove-category', params: { name } },
              edits: [{ span: cutSpan, text: '' }],
            },
          ];
    const earlier = seen.get(id);
    if (earlier !== undefined)
      problems.add(
        'error',
        { code: 'labelFiles/category-twice', params: { id: String(id), name: earlier.name } },
        span,
      );
    else if (counts.get(name) === 0)
      problems.add('info', { code: 'labelFiles/dead-category', params: { name } }, span, remove);
    const splits = absent.get(name);
    if (splits !== undefined)
      problems.add('warning', { code: 'labelFiles/not-in-train', params: { name, splits } }, span);
    seen.set(id, one);
  }
  for (const [id, place] of unknown) {
    const span = spanOf(place);
    if (span !== undefined)
      problems.add('error', { code: 'labelFiles/unknown-id', params: { id: String(id) } }, span);
  }
  return problems.found;
};

/** Categories of COCO files: without an annotation, twice, not trained on; numbers that are none of them. */
export const checkCoco: CheckLabelFiles = ({ source, root, facts }, read) => {
  const { folder, files } = findCoco(source, root);
  const found = new Map<string, readonly FileProblem[]>();
  for (const { path } of files) {
    const absolute = join(folder, path);
    const bytes = read(absolute);
    if (bytes !== null) found.set(absolute, checkFile(bytes, facts));
  }
  return found;
};
