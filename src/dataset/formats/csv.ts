import { LongtailError } from '../../common/errors';
import { ByteTable } from '../bytes/byteTable';
import { issue, issueOfMany, reasonOf } from '../issues';
import { RowsOut } from '../rowBatch';
import { knownSplit, noSplit, normaliseSplit } from '../splitNames';
import type { DatasetFormat, FileSource, FormatOptions, IndexSink, Sample } from '../types';
import { labelsOf } from './csv/labelCells';
import { pictureFile } from './csv/pictures';
import type { TablePlan } from './csv/plan';
import { RecordReader } from './csv/recordReader';
import { namedColumn } from './csv/roles';
import { openTable } from './csv/tableBytes';
import { tableRows } from './csv/tableRows';
import { findTables } from './csv/tables';
import type { Tables } from './csv/tables';
import { folderOf, join } from './folders';
import { readImageFile } from './openFileSample';
import { classOrder } from './records/classOrder';

const rowsPerTick = 4096;
/** A longer cell is no label: a text, or half a file behind an open quote. */
const maxLabel = 1000;
const tooLong: readonly number[] = [];

/** Refuses what the user named and the table lacks, and a table without a label column. */
const checkColumns = (plan: TablePlan, options: FormatOptions): void => {
  const { columns } = plan.roles;
  const names = columns.map(({ name }) => name);
  for (const column of [options.labelColumn, options.pathColumn, options.splitColumn])
    if (column !== undefined && namedColumn(columns, column) === undefined)
      throw new LongtailError('dataset/column-missing', {
        path: plan.file,
        column,
        columns: names,
      });
  if (plan.roles.label === null)
    throw new LongtailError('dataset/no-label-column', { path: plan.file, columns: names });
};

/** Reads the rows of one table into the sink and reports what did not fit. */
class TableScan {
  private short = 0;
  private unnamed = 0;
  private longLabels = 0;
  private readonly out: RowsOut;
  private readonly cells = new ByteTable();
  private readonly labelsOfCell: (readonly number[])[] = [];
  private readonly splitCells = new ByteTable();
  private readonly splitOfCell: number[] = [];

  constructor(
    private readonly plan: TablePlan,
    private readonly sink: IndexSink,
    private readonly classes: Set<string>,
    private readonly fileSplit: string,
  ) {
    this.out = new RowsOut(sink, sink.container(plan.file));
  }

  run(source: FileSource, folder: string, part: (done: number) => void): void {
    const { plan, sink } = this;
    const table = openTable(source, join(folder, plan.file));
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
      table.close();
    }
    sink.tick(0);
  }

  private row(reader: RecordReader): void {
    const { roles, pictures } = this.plan;
    const column = roles.label ?? 0;
    if (reader.fields <= column) this.short++;
    const labels = this.labels(reader, column);
    const split = this.split(reader, roles.split);
    const cell = pictures === null ? '' : reader.text(pictures.column);
    if (pictures === null || cell.trim() === '') {
      if (pictures !== null) this.unnamed++;
      this.out.row(labels, split, reader.offset, reader.length, reader.digest());
      return;
    }
    this.out.flush();
    const { folder, name } = pictureFile(cell, pictures);
    this.sink.sample(labels, split, this.sink.container(folder), name, 0, 0);
  }

  private labels(reader: RecordReader, column: number): readonly number[] {
    const cell = reader.find(column, this.cells);
    const known = cell < 0 ? undefined : this.labelsOfCell[cell];
    const labels = known ?? this.readLabels(reader.text(column));
    if (known === undefined && cell >= 0) this.labelsOfCell[cell] = labels;
    if (labels === tooLong) this.longLabels++;
    return labels;
  }

  private readLabels(cell: string): readonly number[] {
    if (cell.length > maxLabel) return tooLong;
    const names = labelsOf(cell, this.plan.cells);
    for (const name of names) this.classes.add(name);
    return names.map((name) => this.sink.classId(name));
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
    warn('dataset/csv-open-quotes', reader.runaways);
    warn('dataset/csv-long-lines', reader.tooLong);
    warn('dataset/csv-no-path', this.unnamed);
    warn('dataset/csv-long-labels', this.longLabels);
  }
}

const reportPlan = (plan: TablePlan, sink: IndexSink): void => {
  const { roles, pictures, file, zeros } = plan;
  const label = roles.columns[roles.label ?? -1]?.name ?? '';
  if (roles.labelBy === 'content' && roles.columns.length > 1)
    sink.issue(
      issue(
        roles.rivals.length > 0 ? 'warning' : 'info',
        roles.rivals.length > 0 ? 'dataset/label-guessed-among' : 'dataset/label-guessed',
        { column: label, others: roles.rivals.slice(0, 8) },
        { path: file },
      ),
    );
  if (pictures?.found === false) {
    const column = roles.columns[pictures.column]?.name ?? '';
    sink.issue(issue('warning', 'dataset/pictures-not-found', { column }, { path: file }));
  }
  if (zeros > 0) sink.issue(issue('warning', 'dataset/csv-zero-bytes', {}, { path: file }));
};

const splitOfFile = (file: string, tables: Tables): string =>
  tables.isFile && tables.chosen.length === 1
    ? noSplit
    : (knownSplit(file.replace(/\.[^.]*$/, '')) ?? noSplit);

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const tables = findTables(source, root, options);
  const first = tables?.chosen[0];
  const facts = {
    task: first === undefined || first.cells.kind === 'single' ? 'single-label' : 'multi-label',
    modality: first?.modality ?? 'none',
  } as const;
  sink.describe(facts);
  if (tables === null) return;
  const { chosen, folder } = tables;
  for (const { file, reason } of tables.unreadable)
    sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: file }));
  if (tables.skipped.length > 0)
    sink.issue(issueOfMany('info', 'dataset/tables-skipped', tables.skipped));
  const classes = new Set<string>();
  chosen.forEach((plan, at) => {
    if (plan.roles.columns.length === 0) return;
    checkColumns(plan, options);
    reportPlan(plan, sink);
    const scan = new TableScan(plan, sink, classes, splitOfFile(plan.file, tables));
    try {
      scan.run(source, folder, (done) => sink.share((at + done) / chosen.length));
    } catch (error) {
      // Reading failed half way: what was read counts.
      if (!(error instanceof Error) || !('syscall' in error)) throw error;
      const reason = reasonOf(error);
      sink.issue(issue('error', 'dataset/file-cut', { reason }, { path: plan.file }));
    }
  });
  sink.describe({ ...facts, classNames: classOrder([...classes]) });
};

const openSamples: DatasetFormat['openSamples'] = (source, root, options) => {
  const tables = findTables(source, root, options);
  const folder = tables?.folder ?? (source.stat(root).kind === 'file' ? folderOf(root) : root);
  const plans = new Map(tables?.chosen.map((plan) => [plan.file, plan]));
  const opened = new Map<string, ReturnType<typeof openTable>>();
  const open = (file: string): ReturnType<typeof openTable> => {
    const table = opened.get(file) ?? openTable(source, join(folder, file));
    opened.set(file, table);
    return table;
  };
  const readRow = (plan: TablePlan, offset: number, length: number): Sample => {
    const table = open(plan.file);
    const view = { ...table, size: Math.min(table.size, offset + length) };
    const reader = new RecordReader(view, plan.delimiter.charCodeAt(0), offset);
    if (!reader.read())
      throw new LongtailError('dataset/sample-unreadable', { path: plan.file, reason: 'EOF' });
    const columns = plan.features.map((at) => plan.roles.columns[at]?.name ?? String(at + 1));
    const values = plan.features.map((at, i) => [columns[i] ?? '', reader.text(at)] as const);
    return { kind: 'row', values: Object.fromEntries(values) };
  };
  const rows = tables === null ? null : tableRows(tables.chosen, open);
  return {
    ...(rows === null ? {} : { rows }),
    readSample: ({ path, offset, length }) => {
      const plan = length > 0 ? plans.get(path) : undefined;
      if (plan !== undefined) return readRow(plan, offset, length);
      return readImageFile(source, path.startsWith('/') ? path : join(folder, path));
    },
    close: () => {
      for (const table of opened.values()) table.close();
      opened.clear();
    },
  };
};

const confidenceOf = (plan: TablePlan, isFile: boolean): number => {
  const { labelBy } = plan.roles;
  if (labelBy === null) return isFile ? 0.2 : 0.05;
  const label = { user: 0.5, name: 0.45, content: 0.2 }[labelBy];
  const even = plan.consistency > 0 ? 0.1 * plan.consistency : 0;
  return label + even + (isFile ? 0.3 : 0) + (plan.pictures?.found === true ? 0.35 : 0);
};

/**
 * Tables with a label column, comma, tab, semicolon or bar between the fields: pictures by path,
 * rows of features, or labels alone. Columns are found by name and content or named by the user.
 */
export const csv: DatasetFormat = {
  id: 'csv',
  detect: (source, root, options) => {
    const tables = findTables(source, root, options);
    const plan = tables?.chosen[0];
    if (tables === null || plan === undefined || plan.zeros > 0.1) return null;
    if (plan.roles.columns.length === 0) return null;
    const name = (column: number | null | undefined): string | undefined =>
      plan.roles.columns[column ?? -1]?.name;
    const label = name(plan.roles.label);
    const path = plan.pictures?.found === true ? name(plan.pictures.column) : undefined;
    const place = { path: plan.file };
    return {
      format: 'csv',
      confidence: Math.min(0.95, confidenceOf(plan, tables.isFile)),
      evidence: [
        ...(label === undefined
          ? []
          : [issue('info', 'dataset/evidence-label-column', { column: label }, place)]),
        ...(path === undefined
          ? []
          : [issue('info', 'dataset/evidence-path-column', { column: path }, place)]),
      ],
    };
  },
  index,
  openSamples,
};
