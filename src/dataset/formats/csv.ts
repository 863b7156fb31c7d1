import { LongtailError } from '../../common/errors';
import { issue, issueOfMany, reasonOf } from '../issues';
import { noSplit } from '../splitNames';
import type { DatasetFormat, FormatOptions, IndexSink, Sample, Task } from '../types';
import type { TablePlan } from './csv/plan';
import { pixelsOf, turned } from './csv/pixels';
import { RecordReader } from './csv/recordReader';
import { namedColumn } from './csv/roles';
import { openTable } from './csv/tableBytes';
import { TableScan } from './csv/tableScan';
import { tableRows } from './csv/tableRows';
import { findTables, splitOfTable } from './csv/tables';
import type { Tables } from './csv/tables';
import { baseName, folderOf, join } from './folders';
import { labelColumns } from './openImages/tables';
import { readImageFile } from './openFileSample';
import { classOrder } from './records/classOrder';

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
  if (plan.roles.label === null && plan.flags === null)
    throw new LongtailError('dataset/no-label-column', { path: plan.file, columns: names });
};

/** Whether a table of one column looks like one of several that nothing known parts. */
const isOneColumn = ({ roles }: TablePlan): boolean => {
  const [column, ...others] = roles.columns;
  const values = column?.values ?? [];
  const wide = values.filter((value) => value.split(/\s+/).length > 2).length;
  return others.length === 0 && wide > values.length / 2;
};

const reportPlan = (plan: TablePlan, sink: IndexSink): void => {
  const { roles, pictures, file, zeros } = plan;
  const label = roles.columns[roles.label ?? -1]?.name ?? '';
  if (plan.flags !== null) {
    const names = plan.flags.columns.map((column) => roles.columns[column]?.name ?? '');
    sink.issue({ ...issueOfMany('info', 'dataset/csv-flags', names, { path: file }), path: file });
  } else if (roles.labelBy === 'content' && roles.columns.length > 1)
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
  if (plan.names !== null)
    sink.issue(
      issue('info', 'dataset/csv-names', { column: label, names: plan.names.file }, { path: file }),
    );
  if (isOneColumn(plan)) sink.issue(issue('warning', 'dataset/csv-one-column', {}, { path: file }));
  if (zeros > 0) sink.issue(issue('warning', 'dataset/csv-zero-bytes', {}, { path: file }));
};

const taskOf = ({ boxes, flags, cells }: TablePlan): Task => {
  if (boxes !== null) return 'detection';
  const isSingle = flags === null ? cells.kind === 'single' : flags.isSingle;
  return isSingle ? 'single-label' : 'multi-label';
};

const splitOfFile = (file: string, tables: Tables): string =>
  tables.isFile && tables.chosen.length === 1 ? noSplit : (splitOfTable(file) ?? noSplit);

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const tables = findTables(source, root, options);
  const first = tables?.chosen[0];
  const facts = {
    task: first === undefined ? 'single-label' : taskOf(first),
    modality: first?.modality ?? 'none',
  } as const;
  sink.describe(facts);
  if (tables === null) return;
  const { chosen, folder } = tables;
  for (const { file, reason } of tables.unreadable)
    sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: file }));
  if (tables.skipped.length > 0)
    sink.issue(issueOfMany('info', 'dataset/tables-skipped', tables.skipped));
  chosen.forEach((plan, at) => {
    if (plan.roles.columns.length === 0) return;
    checkColumns(plan, options);
    reportPlan(plan, sink);
    const scan = new TableScan(plan, sink, splitOfFile(plan.file, tables), folder);
    try {
      scan.run(source, (done) => sink.share((at + done) / chosen.length));
    } catch (error) {
      // Reading failed half way: what was read counts.
      if (!(error instanceof Error) || !('syscall' in error)) throw error;
      const reason = reasonOf(error);
      sink.issue(issue('error', 'dataset/file-cut', { reason }, { path: plan.file }));
    }
  });
  const names = new Set(chosen.flatMap((plan) => [...(plan.names?.names.values() ?? [])]));
  const found = sink.classNames();
  const others = classOrder(names.size === 0 ? found : found.filter((name) => !names.has(name)));
  if (names.size > 0 && others.length > 0)
    sink.issue(issueOfMany('warning', 'dataset/ids-without-name', others));
  sink.describe({ ...facts, classNames: names.size === 0 ? others : [...names, ...others] });
};

/** EMNIST stores its pictures with rows and columns exchanged. */
const isTurned = (file: string): boolean => /^emnist/i.test(baseName(file));

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
    if (plan.pixels !== null) {
      const picture = pixelsOf(reader, plan.pixels);
      const params = { path: plan.file, reason: 'pixels' };
      if (picture === null) throw new LongtailError('dataset/sample-unreadable', params);
      return isTurned(plan.file) ? turned(picture) : picture;
    }
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
      return readImageFile(source, join(folder, path));
    },
    close: () => {
      for (const table of opened.values()) table.close();
      opened.clear();
    },
  };
};

const confidenceOf = (plan: TablePlan, isFile: boolean): number => {
  const { labelBy } = plan.roles;
  if (plan.flags !== null) return 0.45 + (isFile ? 0.3 : 0) + (plan.pictures?.found ? 0.35 : 0);
  if (labelBy === null) return isFile ? 0.2 : 0.05;
  const label = { user: 0.5, name: 0.45, content: 0.2 }[labelBy];
  const even = plan.consistency > 0 ? 0.1 * plan.consistency : 0;
  return label + even + (isFile ? 0.3 : 0) + (plan.pictures?.found === true ? 0.35 : 0);
};

/** Tables that a format of their own reads better. */
const isKnownElsewhere = ({ roles }: TablePlan): boolean =>
  labelColumns(roles.columns.map(({ name }) => name)) !== null;

/**
 * Tables with a label column, comma, tab, semicolon, bar or blanks between the fields: pictures by
 * path or by their pixels, rows of features, or labels alone. Columns are found by name and content or named by the user.
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
    const confidence = Math.min(0.95, confidenceOf(plan, tables.isFile));
    return {
      format: 'csv',
      confidence: isKnownElsewhere(plan) ? confidence / 2 : confidence,
      evidence: [
        ...(label === undefined
          ? []
          : [issue('info', 'dataset/evidence-label-column', { column: label }, place)]),
        ...(path === undefined
          ? []
          : [issue('info', 'dataset/evidence-path-column', { column: path }, place)]),
        ...(plan.pixels === null
          ? []
          : [issue('info', 'dataset/evidence-pixels', { side: plan.pixels.side }, place)]),
      ],
    };
  },
  index,
  openSamples,
};
