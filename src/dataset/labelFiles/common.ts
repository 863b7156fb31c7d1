import { isSystemError } from '../issues';
import type { FileSource } from '../types';
import type { FileProblem, LabelFacts, Span } from './types';

/** Larger files are not looked into again: their problems stay in the profile. */
const maxBytes = 20 * 1024 * 1024;
/** Of one dataset: the editor's process waits while it is read, and this takes about half a second. */
const maxBytesInAll = 60 * 1024 * 1024;

/** Problems of one file that are shown; a file that is wrong throughout would bury the others. */
const mostProblems = 100;

/** Reads label files; null for one that is too large, packed, or cannot be read, or when enough was read. */
export const createLabelReader = (source: FileSource): ((path: string) => Buffer | null) => {
  let left = maxBytesInAll;
  return (path) => {
    try {
      const file = source.open(path);
      try {
        if (file.size > Math.min(left, maxBytes)) return null;
        left -= file.size;
        const bytes = Buffer.from(file.read(0, file.size));
        return bytes[0] === 0x1f && bytes[1] === 0x8b ? null : bytes;
      } finally {
        file.close();
      }
    } catch (error) {
      if (isSystemError(error)) return null;
      throw error;
    }
  };
};

/** A line from its first to its last character. */
export const lineSpan = (line: number, text: string): Span => ({
  startLine: line,
  startColumn: 0,
  endLine: line,
  endColumn: text.length,
});

/** Whole lines with their ends, to be taken out. */
export const wholeLines = (first: number, count = 1): Span => ({
  startLine: first,
  startColumn: 0,
  endLine: first + count,
  endColumn: 0,
});

/** Lines of ascending offsets of a text, found in one pass. */
export class LineCounter {
  private line = 0;
  private lineStart = 0;
  private lineEnd: number;
  /** The last place asked for: a file in one line is not read anew for each. */
  private last = { offset: 0, column: 0 };

  constructor(private readonly bytes: Buffer) {
    this.lineEnd = this.endFrom(0);
  }

  /** Line and column, in UTF-16 units as the editor counts, of a byte not before the last asked. */
  place(offset: number): { readonly line: number; readonly column: number } {
    while (this.lineEnd < offset) {
      this.line++;
      this.lineStart = this.lineEnd + 1;
      this.lineEnd = this.endFrom(this.lineStart);
      this.last = { offset: this.lineStart, column: 0 };
    }
    const more = this.bytes.toString('utf8', this.last.offset, offset).length;
    this.last = { offset, column: this.last.column + more };
    return { line: this.line, column: this.last.column };
  }

  private endFrom(start: number): number {
    const end = this.bytes.indexOf(0x0a, start);
    return end === -1 ? this.bytes.length : end;
  }
}

/** Classes with samples, but none that is trained on, and where they are; null without a training split. */
export const outsideTrain = ({ classes }: LabelFacts): ReadonlyMap<string, readonly string[]> => {
  const hasTrain = classes.some(({ splits }) => (splits['train'] ?? 0) > 0);
  const found = new Map<string, readonly string[]>();
  if (!hasTrain) return found;
  for (const { name, count, splits } of classes) {
    if (count === 0 || (splits['train'] ?? 0) > 0) continue;
    found.set(
      name,
      Object.keys(splits).filter((split) => (splits[split] ?? 0) > 0),
    );
  }
  return found;
};

const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Classes that differ from a larger one only by case, blanks or Unicode form, with its name. */
export const rarerSpellings = ({ classes }: LabelFacts): ReadonlyMap<string, string> => {
  const largest = new Map<string, LabelFacts['classes'][number]>();
  for (const one of classes) {
    const known = largest.get(folded(one.name));
    if (known === undefined || known.count < one.count) largest.set(folded(one.name), one);
  }
  return new Map(
    classes.flatMap(({ name }): [string, string][] => {
      const usual = largest.get(folded(name));
      return usual === undefined || usual.name === name ? [] : [[name, usual.name]];
    }),
  );
};

/** Collects the problems of one file, up to the most that are shown. */
export class ProblemList {
  readonly found: FileProblem[] = [];

  get isFull(): boolean {
    return this.found.length >= mostProblems;
  }

  add(
    severity: FileProblem['severity'],
    message: FileProblem['message'],
    span: Span,
    fixes: FileProblem['fixes'] = [],
  ): void {
    if (!this.isFull) this.found.push({ severity, message, span, fixes });
  }
}
