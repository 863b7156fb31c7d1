import { ByteTable } from '../../bytes/byteTable';
import { issue } from '../../issues';
import { RowsOut } from '../../rowBatch';
import type { IndexSink, OpenFile } from '../../types';
import { EntityStarts, bareTag, readTag } from './entities';
import type { Tag } from './entities';
import type { ConllFile } from './files';
import { ConllLines, mostTokens } from './sentences';

const linesPerPart = 8192;
/** Name of entities whose tags name no type. */
const untyped = 'entity';
const maxTag = 200;

/** What was counted over all files. */
export interface ConllCounts {
  tokens: number;
  outside: number;
}

/** Reads the sentences of one file into the sink, the classes of their entities or tokens as labels. */
export class ConllScan {
  private readonly starts = new EntityStarts();
  private readonly cells = new ByteTable();
  private readonly tags: (Tag | null)[] = [];
  private labels: number[] = [];
  private from = -1;
  private to = 0;
  private digest = 0;
  private damaged = 0;
  private firstDamaged = 0;
  private firstBare = 0;

  constructor(
    private readonly part: ConllFile,
    private readonly sink: IndexSink,
    private readonly classes: Map<string, number>,
    private readonly counts: ConllCounts,
  ) {}

  run(file: OpenFile, progress: (done: number) => void): void {
    const { part, sink } = this;
    const lines = new ConllLines(file, part.plan);
    const { reader } = lines;
    const out = new RowsOut(sink, sink.container(part.file));
    const split = sink.splitId(part.split);
    try {
      for (let kind = lines.next(); kind !== null; kind = lines.next()) {
        if (kind === 'end') this.sentence(out, split);
        else if (kind === 'token') this.token(lines);
        else if (kind === 'damaged') this.noteDamage(reader.line);
        if (reader.line % linesPerPart === 0) progress(reader.offset / file.size);
      }
    } finally {
      out.flush();
      this.report(reader.tooLong, lines.cuts);
    }
  }

  private noteDamage(line: number): void {
    if (this.damaged++ === 0) this.firstDamaged = line;
  }

  private token({ columns, reader }: ConllLines): void {
    const { part, starts, counts } = this;
    const { plan } = part;
    if (this.from < 0) this.from = reader.offset;
    this.to = reader.offset + reader.end - reader.start;
    this.digest = (Math.imul(this.digest, 31) + reader.digest()) | 0;
    const [from, to] = [columns.from(plan.tag), columns.to(plan.tag)];
    const tag = this.tag(reader.bytes, reader.view, from, to);
    if (tag === null) {
      this.noteDamage(reader.line);
      return;
    }
    counts.tokens++;
    if (plan.kind === 'tokens') {
      this.labels.push(this.classId(tag.type));
      return;
    }
    if (tag.place === 'O') counts.outside++;
    const { bare } = starts;
    if (starts.begins(tag)) this.labels.push(this.classId(tag.type === '' ? untyped : tag.type));
    if (bare === 0 && starts.bare > 0) this.firstBare = reader.line;
  }

  /** The tag in the bytes [from, to), remembered by them; null for one that is none. */
  private tag(bytes: Buffer, view: DataView, from: number, to: number): Tag | null {
    if (to - from > maxTag || to === from) return null;
    const cell = this.cells.find(view, from, to);
    const known = cell < 0 ? undefined : this.tags[cell];
    if (known !== undefined) return known;
    const text = bytes.toString('utf8', from, to);
    const { kind } = this.part.plan;
    const tag =
      kind === 'entities' ? readTag(text) : kind === 'types' ? bareTag(text) : tokenTag(text);
    if (cell >= 0) this.tags[cell] = tag;
    return tag;
  }

  private classId(name: string): number {
    const id = this.classes.get(name) ?? this.sink.classId(name);
    this.classes.set(name, id);
    return id;
  }

  private sentence(out: RowsOut, split: number): void {
    if (this.from >= 0) out.row(this.labels, split, this.from, this.to - this.from, this.digest);
    this.starts.reset();
    this.labels = [];
    this.from = -1;
    this.digest = 0;
  }

  private report(tooLong: number, cuts: number): void {
    const { sink, starts, part } = this;
    const path = part.file;
    const warn = (code: string, count: number, line?: number, params = {}): void => {
      const place = { path, count, ...(line === undefined ? {} : { line }) };
      if (count > 0) sink.issue(issue('warning', code, params, place));
    };
    warn('dataset/lines-damaged', this.damaged, this.firstDamaged);
    warn('dataset/lines-long', tooLong);
    warn('dataset/sentences-cut', cuts, undefined, { limit: mostTokens });
    // Where B begins entities that nothing stands before, I should continue one.
    if (starts.marked > 0) warn('dataset/tags-mixed', starts.bare, this.firstBare);
  }
}

const tokenTag = (type: string): Tag => ({ place: 'S', type });
