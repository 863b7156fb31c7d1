import { ByteTable } from '../../bytes/byteTable';
import { LineReader } from '../../bytes/lineReader';
import { issue } from '../../issues';
import { RowsOut } from '../../rowBatch';
import { normaliseSplit } from '../../splitNames';
import type { IndexSink, OpenFile } from '../../types';
import { folderOf } from '../folders';
import { filePlace } from '../records/filePlace';
import { OutsideNames } from '../records/outside';
import { recordLabels } from '../records/recordPlan';
import type { RecordLabels, RecordPlan } from '../records/recordPlan';
import type { RecordFile } from './files';
import { Skimmer } from './skim';

const linesPerPart = 4096;
/** A longer list is looked at each time, not remembered. */
const maxRemembered = 256;
const byteOrderMark = 0xef;

const nothing: RecordLabels = { names: [] };
const [labelAt, splitAt, pathAt, answerAt] = [0, 1, 2, 3];

/** Reads one file of records into the sink: only the values that are asked for are parsed. */
export class RecordScan {
  private damaged = 0;
  private firstDamaged = 0;
  private unnamed = 0;
  private rejected = 0;
  private readonly outside = new OutsideNames();
  private readonly cells = new ByteTable();
  private readonly known: (readonly number[])[] = [];
  private readonly splits = new Map<string, number>();

  constructor(
    private readonly plan: RecordPlan,
    private readonly sink: IndexSink,
    private readonly part: RecordFile,
    private readonly classes: Set<string>,
  ) {}

  run(file: OpenFile, progress: (done: number) => void): void {
    const { plan, sink, part } = this;
    const keys = [plan.label?.path[0], plan.split, plan.path, plan.answer];
    const skimmer = new Skimmer(keys.map((key) => key ?? ''));
    const out = new RowsOut(sink, sink.container(part.file));
    const reader = new LineReader(file, file.read(0, 1)[0] === byteOrderMark ? 3 : 0);
    try {
      while (reader.read()) {
        this.line(reader, skimmer, out);
        if (reader.line % linesPerPart === 0) progress(reader.offset / file.size);
      }
    } finally {
      out.flush();
      this.report(reader);
    }
  }

  private line(reader: LineReader, skimmer: Skimmer, out: RowsOut): void {
    const kind = skimmer.read(reader.bytes, reader.start, reader.end);
    if (kind === 'damaged') this.noteDamage(reader);
    else if (kind === 'record') this.record(reader, skimmer, out);
  }

  private noteDamage(reader: LineReader): void {
    if (this.damaged++ === 0) this.firstDamaged = reader.line;
  }

  /** The value in the bytes [from, to); one that cannot be read is missing. */
  private value(reader: LineReader, from: number, to: number): unknown {
    const text = reader.bytes.toString('utf8', from, to);
    // As Python writes what JSON has no word for.
    if (text === 'NaN' || text === 'None') return null;
    try {
      return JSON.parse(text);
    } catch {
      this.noteDamage(reader);
      return null;
    }
  }

  private record(reader: LineReader, skimmer: Skimmer, out: RowsOut): void {
    const { plan, sink, part } = this;
    const value = (key: number): unknown => {
      const start = skimmer.from[key] ?? -1;
      return start < 0 ? null : this.value(reader, start, skimmer.to[key] ?? start);
    };
    const split = plan.split === null ? this.split(null) : this.split(value(splitAt));
    const isObjects = plan.label?.kind === 'objects';
    const isAccepted = plan.answer === null || (value(answerAt) ?? 'accept') === 'accept';
    if (!isAccepted) this.rejected++;
    const from = isAccepted ? (skimmer.from[labelAt] ?? -1) : -1;
    const to = skimmer.to[labelAt] ?? 0;
    if (plan.path === null && !isObjects) {
      const { offset } = reader;
      const ids = this.labelIds(reader, from, to);
      out.row(ids, split, offset, reader.end - reader.start, reader.digest());
      return;
    }
    const labels = from < 0 ? nothing : this.parse(reader, from, to);
    const ids = labels.names.map((name) => this.classId(name));
    const named = plan.path === null ? null : value(pathAt);
    const place =
      typeof named === 'string' && named !== '' ? filePlace(folderOf(part.file), named) : null;
    if (place === null) {
      if (typeof named === 'string' && named !== '') this.outside.note(named);
      else if (plan.path !== null) this.unnamed++;
      out.flush();
      const container = sink.container(part.file);
      const length = reader.end - reader.start;
      sink.sample(ids, split, container, '', reader.offset, length, reader.digest(), labels.areas);
      return;
    }
    out.flush();
    const container = sink.container(place.folder);
    sink.sample(ids, split, container, place.name, 0, 0, 0, labels.areas);
  }

  private classId(name: string): number {
    this.classes.add(name);
    return this.sink.classId(name);
  }

  private parse(reader: LineReader, from: number, to: number): RecordLabels {
    const { label } = this.plan;
    if (label === null) return nothing;
    return recordLabels(this.value(reader, from, to), label);
  }

  /** Ids of the labels in the bytes of a value, remembered by its bytes. */
  private labelIds(reader: LineReader, from: number, to: number): readonly number[] {
    if (from < 0) return [];
    const cell = to - from > maxRemembered ? -1 : this.cells.find(reader.view, from, to);
    const known = cell < 0 ? undefined : this.known[cell];
    if (known !== undefined) return known;
    const ids = this.parse(reader, from, to).names.map((name) => this.classId(name));
    if (cell >= 0) this.known[cell] = ids;
    return ids;
  }

  private split(value: unknown): number {
    const key = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    const known = this.splits.get(key);
    if (known !== undefined) return known;
    const id = this.sink.splitId(key === '' ? this.part.split : normaliseSplit(key));
    this.splits.set(key, id);
    return id;
  }

  private report(reader: LineReader): void {
    const { file } = this.part;
    const warn = (code: string, count: number, line?: number): void => {
      const place = { path: file, count, ...(line === undefined ? {} : { line }) };
      if (count > 0) this.sink.issue(issue('warning', code, {}, place));
    };
    warn('dataset/lines-damaged', this.damaged, this.firstDamaged);
    warn('dataset/lines-long', reader.tooLong);
    warn('dataset/csv-no-path', this.unnamed);
    warn('dataset/answers-rejected', this.rejected);
    this.outside.report(this.sink, file);
  }
}
