import { LineReader } from '../../bytes/lineReader';
import { issue } from '../../issues';
import { RowsOut } from '../../rowBatch';
import type { IndexSink, OpenFile } from '../../types';
import { flagOf } from '../csv/flags';
import type { ArffFile } from './files';
import { ArffRow } from './row';
import { isWhole, omitted, valueOf } from './rows';

const linesPerPart = 4096;
const maxLabel = 1000;

/** Reads the rows of one file into the sink; `idOf` gives the class of a name. */
export class ArffScan {
  private damaged = 0;
  private firstDamaged = 0;
  private unknown = 0;
  private readonly declared: ReadonlySet<string>;
  private readonly columns: readonly number[];
  private readonly isLabel: ReadonlySet<number>;
  /** Labels whose first value, which sparse rows leave out, says yes. */
  private readonly onWhenOmitted: readonly number[];

  constructor(
    private readonly part: ArffFile,
    private readonly sink: IndexSink,
    private readonly idOf: (name: string) => number,
  ) {
    this.columns = part.labels?.columns ?? [];
    this.isLabel = new Set(this.columns);
    const { attributes } = part.header;
    this.onWhenOmitted = this.columns.filter((at) => flagOf(omitted(attributes[at])) === 'on');
    this.declared = new Set(part.header.attributes[this.columns[0] ?? -1]?.values ?? []);
  }

  run(file: OpenFile, progress: (done: number) => void): void {
    const { part, sink } = this;
    const out = new RowsOut(sink, sink.container(part.file));
    const split = sink.splitId(part.split);
    const reader = new LineReader(file, part.header.start);
    const row = new ArffRow();
    try {
      while (reader.read()) {
        const { bytes, start, end } = reader;
        const kind = row.read(bytes, start, end);
        if (kind === 'none') continue;
        const fits = kind === 'row' && isWhole(row, part);
        if (!fits && this.damaged++ === 0) this.firstDamaged = part.header.line + reader.line;
        const labels = fits ? this.labels(row) : [];
        out.row(labels, split, reader.offset, end - start, reader.digest());
        if (reader.line % linesPerPart === 0) progress(reader.offset / file.size);
      }
    } finally {
      out.flush();
      this.report(reader.tooLong);
    }
  }

  private labels(row: ArffRow): readonly number[] {
    const { part, columns } = this;
    const [first, ...more] = columns;
    if (first === undefined) return [];
    if (part.labels?.areFlags !== true && more.length === 0) {
      const value = valueOf(row, part, first);
      if (value === '') return [];
      const isKnown = this.declared.size === 0 || this.declared.has(value);
      if (!isKnown || value.length > maxLabel) this.unknown++;
      return isKnown && value.length <= maxLabel ? [this.idOf(value)] : [];
    }
    const names: string[] = [];
    if (row.isSparse && part.labels?.areFlags === true) this.sparse(row, names);
    else for (const column of columns) this.put(column, valueOf(row, part, column), names);
    return names.map(this.idOf);
  }

  /** Labels that a sparse row names, and those it means by leaving them out. */
  private sparse(row: ArffRow, names: string[]): void {
    const named = new Set<number>();
    row.each((attribute, place) => {
      if (!this.isLabel.has(attribute) || named.has(attribute)) return;
      named.add(attribute);
      this.put(attribute, row.text(place) ?? '', names);
    });
    for (const column of this.onWhenOmitted) if (!named.has(column)) this.put(column, '1', names);
  }

  private put(column: number, value: string, names: string[]): void {
    const name = this.part.header.attributes[column]?.name ?? '';
    if (this.part.labels?.areFlags === true) {
      if (flagOf(value) === 'on') names.push(name);
    } else if (value !== '' && value.length <= maxLabel) names.push(`${name}=${value}`);
  }

  private report(tooLong: number): void {
    const path = this.part.file;
    const warn = (code: string, count: number, place = {}): void => {
      if (count > 0) this.sink.issue(issue('warning', code, {}, { path, count, ...place }));
    };
    warn('dataset/lines-damaged', this.damaged, { line: this.firstDamaged });
    warn('dataset/lines-long', tooLong);
    warn('dataset/arff-undeclared', this.unknown);
  }
}
