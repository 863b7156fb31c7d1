import { ByteTable } from '../../bytes/byteTable';
import { issue } from '../../issues';
import { RowsOut } from '../../rowBatch';
import { normaliseSplit } from '../../splitNames';
import type { AreaClass, FileSource, IndexSink } from '../../types';
import { join } from '../folders';
import { OutsideNames } from '../records/outside';
import { rowArea } from './boxes';
import { flagOf } from './flags';
import type { FlagColumns } from './flags';
import { CellLabels } from './cellLabels';
import { labelsOf } from './labelCells';
import { pictureFile } from './pictures';
import { leastFields } from './pixels';
import type { TablePlan } from './plan';
import { RecordReader } from './recordReader';
import { openTable } from './tableBytes';

const rowsPerTick = 4096;
/** A longer cell is no label: a text, or half a file behind an open quote. */
const maxLabel = 1000;
const noLabels: readonly number[] = [];

interface BoxedPicture {
  readonly labels: number[];
  readonly areas: AreaClass[];
  readonly split: number;
}

/** Reads the rows of one table into the sink and reports what did not fit. */
export class TableScan {
  private short = 0;
  private shortPictures = 0;
  private unnamed = 0;
  private longLabels = 0;
  private readonly out: RowsOut;
  private readonly cells = new ByteTable();
  private readonly labelsOfCell = new CellLabels();
  private readonly longCells = new Set<number>();
  private readonly splitCells = new ByteTable();
  private readonly splitOfCell: number[] = [];
  /** Of every column of flags, its class; none where the label is a column. */
  private readonly flagIds: readonly number[];
  private uncertain = 0;
  private readonly outside = new OutsideNames();
  /** Rows of boxes gathered by picture, in the order of the first row of each. */
  private readonly boxed = new Map<string, BoxedPicture>();

  constructor(
    private readonly plan: TablePlan,
    private readonly sink: IndexSink,
    private readonly fileSplit: string,
    private readonly folder: string,
  ) {
    this.out = new RowsOut(sink, sink.container(plan.file));
    this.flagIds = (plan.flags?.columns ?? []).map((column) =>
      sink.classId(plan.roles.columns[column]?.name ?? ''),
    );
  }

  run(source: FileSource, part: (done: number) => void): void {
    const { plan, sink } = this;
    const table = openTable(source, join(this.folder, plan.file));
    try {
      const reader = new RecordReader(table, plan.delimiter.charCodeAt(0));
      if (plan.roles.header) reader.read();
      for (let row = 1; reader.read(); row++) {
        this.row(reader);
        if (row % rowsPerTick === 0) part(reader.offset / table.size);
      }
      this.report(reader);
    } finally {
      this.out.flush();
      this.handOverBoxes();
      table.close();
    }
    sink.tick(0);
  }

  private row(reader: RecordReader): void {
    const { plan } = this;
    const { roles, pictures } = plan;
    const column = roles.label ?? 0;
    if (reader.fields <= column) this.short++;
    else if (reader.fields < leastFields(plan.pixels)) this.shortPictures++;
    const labels =
      plan.flags === null ? this.labels(reader, column) : this.flags(reader, plan.flags);
    const split = this.split(reader, roles.split);
    const cell = pictures === null ? '' : reader.text(pictures.column);
    const place =
      pictures === null || cell.trim() === '' ? null : pictureFile(cell, pictures, this.folder);
    if (place === null) {
      if (cell.trim() !== '') this.outside.note(cell);
      else if (pictures !== null) this.unnamed++;
      this.out.row(labels, split, reader.offset, reader.length, reader.digest());
      return;
    }
    if (plan.boxes !== null) {
      this.box(
        cell,
        labels,
        split,
        rowArea(plan.boxes, (at) => reader.text(at)),
      );
      return;
    }
    this.out.flush();
    this.sink.sample(labels, split, this.sink.container(place.folder), place.name, 0, 0);
  }

  private flags(reader: RecordReader, { columns }: FlagColumns): readonly number[] {
    const found: number[] = [];
    for (const [at, column] of columns.entries()) {
      const flag = flagOf(reader.text(column));
      if (flag === 'on') found.push(this.flagIds[at] ?? 0);
      else if (flag === 'uncertain') this.uncertain++;
    }
    return found;
  }

  private box(cell: string, labels: readonly number[], split: number, area: AreaClass): void {
    const known = this.boxed.get(cell);
    const picture = known ?? { labels: [], areas: [], split };
    if (known === undefined) this.boxed.set(cell, picture);
    for (const label of labels) {
      picture.labels.push(label);
      picture.areas.push(area);
    }
  }

  private handOverBoxes(): void {
    const { pictures } = this.plan;
    if (pictures === null) return;
    for (const [cell, { labels, areas, split }] of this.boxed) {
      const place = pictureFile(cell, pictures, this.folder);
      if (place === null) continue;
      const container = this.sink.container(place.folder);
      this.sink.sample(labels, split, container, place.name, 0, 0, 0, areas);
    }
  }

  private labels(reader: RecordReader, column: number): readonly number[] {
    const cell = reader.find(column, this.cells);
    const known = cell < 0 ? undefined : this.labelsOfCell.get(cell);
    if (known !== undefined) {
      if (known.length === 0 && this.longCells.has(cell)) this.longLabels++;
      return known;
    }
    const text = reader.text(column);
    const isLong = text.length > maxLabel;
    const labels = isLong
      ? noLabels
      : labelsOf(text, this.plan.cells).map((label) =>
          this.sink.classId(this.plan.names?.names.get(label) ?? label),
        );
    if (isLong) this.longLabels++;
    if (isLong && cell >= 0) this.longCells.add(cell);
    if (cell >= 0) this.labelsOfCell.set(cell, labels);
    return labels;
  }

  private split(reader: RecordReader, column: number | null): number {
    const cell = column === null ? 0 : reader.find(column, this.splitCells);
    const known = cell < 0 ? undefined : this.splitOfCell[cell];
    if (known !== undefined) return known;
    const id = this.sink.splitId(
      column === null ? this.fileSplit : normaliseSplit(reader.text(column)),
    );
    if (cell >= 0) this.splitOfCell[cell] = id;
    return id;
  }

  private report(reader: RecordReader): void {
    const { file } = this.plan;
    const warn = (code: string, count: number): void => {
      if (count > 0) this.sink.issue(issue('warning', code, {}, { path: file, count }));
    };
    warn('dataset/csv-short-rows', this.short);
    warn('dataset/csv-short-pictures', this.shortPictures);
    warn('dataset/csv-open-quotes', reader.runaways);
    warn('dataset/csv-long-lines', reader.tooLong);
    warn('dataset/csv-no-path', this.unnamed);
    warn('dataset/csv-long-labels', this.longLabels);
    warn('dataset/csv-uncertain', this.uncertain);
    this.outside.report(this.sink, file);
  }
}
