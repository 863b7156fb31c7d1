import { LineReader } from '../../bytes/lineReader';
import type { OpenFile } from '../../types';
import { LineColumns } from './columns';
import { readTag } from './entities';
import type { ConllPlan } from './plan';
import { isDocStart, isNoToken } from './plan';

const hash = 0x23;
/** A longer sentence is a file without empty lines: it is taken apart here. */
export const mostTokens = 16_384;

/** What a line is to its sentence. */
export type ConllLine = 'token' | 'other' | 'damaged' | 'end';

/** Walks over the lines of a file and says what each is; at its end there is one more 'end'. */
export class ConllLines {
  readonly columns = new LineColumns();
  readonly reader: LineReader;
  /** Sentences that were taken apart. */
  cuts = 0;
  private tokens = 0;
  private isOver = false;

  constructor(
    file: OpenFile,
    private readonly plan: ConllPlan,
    from = file.read(0, 1)[0] === 0xef ? 3 : 0,
  ) {
    this.reader = new LineReader(file, from);
  }

  /** The next line; null after the end. */
  next(): ConllLine | null {
    const { reader, columns, plan } = this;
    if (this.isOver) return null;
    if (this.tokens >= mostTokens) {
      this.cuts++;
      return this.end();
    }
    if (!reader.read()) {
      this.isOver = true;
      return this.end();
    }
    const { bytes, start, end } = reader;
    columns.read(bytes, start, end, plan.parting);
    if (columns.count === 0 || isDocStart(bytes, start, end)) return this.end();
    if (bytes[start] === hash && this.isComment()) return 'other';
    if (plan.isConllU && isNoToken(columns.text(bytes, 0))) return 'other';
    if (columns.count <= plan.tag) return 'damaged';
    this.tokens++;
    return 'token';
  }

  private end(): ConllLine {
    this.tokens = 0;
    return 'end';
  }

  /** A comment stands before its sentence; a "#" with a tag behind it is a token. */
  private isComment(): boolean {
    const { columns, plan, reader } = this;
    if (plan.isConllU) return true;
    if (this.tokens > 0) return false;
    if (columns.count !== plan.columns) return true;
    return plan.kind === 'entities' && readTag(columns.text(reader.bytes, plan.tag)) === null;
  }
}
