import { LongtailError } from '../../common/errors';
import { LineReader } from '../bytes/lineReader';
import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import type {
  DatasetFormat,
  FileSource,
  FormatOptions,
  IndexSink,
  OpenFile,
  Sample,
} from '../types';
import { folderOf, join, rootFolder } from './folders';
import { openFiles } from './openFiles';
import { docBins, findRecords } from './jsonl/files';
import type { RecordFiles } from './jsonl/files';
import { isObject } from './jsonl/isObject';
import { recordRows } from './jsonl/recordRows';
import { RecordScan } from './jsonl/recordScan';
import { readImageFile } from './openFileSample';
import { featureText } from './records/features';
import { filesThere } from './records/filesThere';
import { taskOf } from './records/recordPlan';
import { classOrder } from './records/classOrder';

const checkKeys = (files: RecordFiles, options: FormatOptions): void => {
  const { plan, chosen } = files;
  const path = chosen[0]?.file ?? '';
  const columns = plan.keys;
  for (const column of [options.pathColumn, options.splitColumn])
    if (column !== undefined && !columns.includes(column))
      throw new LongtailError('dataset/column-missing', { path, column, columns });
  if (plan.label !== null) return;
  if (options.labelColumn !== undefined)
    throw new LongtailError('dataset/column-missing', {
      path,
      column: options.labelColumn,
      columns,
    });
  throw new LongtailError('dataset/no-label-column', { path, columns });
};

const reportPlan = (source: FileSource, files: RecordFiles, sink: IndexSink): void => {
  const { plan, chosen, folder } = files;
  const path = chosen[0]?.file ?? '';
  for (const { file, reason } of files.unreadable)
    sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: file }));
  if (files.skipped.length > 0)
    sink.issue(issueOfMany('info', 'dataset/tables-skipped', files.skipped));
  const { label } = plan;
  if (label?.by === 'content') {
    const isAlone = label.others.length === 0;
    const code = isAlone ? 'dataset/label-guessed' : 'dataset/label-guessed-among';
    const params = { column: label.path.join('.'), others: label.others.slice(0, 8) };
    sink.issue(issue(isAlone ? 'info' : 'warning', code, params, { path }));
  }
  if (plan.path !== null && !filesThere(source, folder, folderOf(path), plan.paths))
    sink.issue(issue('warning', 'dataset/pictures-not-found', { column: plan.path }, { path }));
};

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const files = findRecords(source, root, options);
  const binaries = docBins(source, root);
  if (files === null && binaries.length > 0)
    throw new LongtailError('dataset/docbin-only', { path: root, names: binaries.slice(0, 8) });
  if (binaries.length > 0) sink.issue(issueOfMany('warning', 'dataset/docbin', binaries));
  if (files === null) {
    sink.describe({ task: 'single-label', modality: 'none' });
    return;
  }
  const { plan, chosen, folder } = files;
  const facts = { task: taskOf(plan.label), modality: plan.modality };
  sink.describe(facts);
  if (files.readable) checkKeys(files, options);
  reportPlan(source, files, sink);
  const classes = new Set<string>();
  chosen.forEach((part, at) => {
    let file: OpenFile | undefined;
    try {
      file = openBytes(source, join(folder, part.file));
      new RecordScan(plan, sink, part, classes).run(file, (done) =>
        sink.share((at + done) / chosen.length),
      );
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const reason = reasonOf(error);
      const code = file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut';
      sink.issue(issue('error', code, { reason }, { path: part.file }));
    } finally {
      file?.close();
    }
  });
  sink.describe({ ...facts, classNames: classOrder([...classes]) });
};

const openSamples: DatasetFormat['openSamples'] = (source, root, options) => {
  const files = findRecords(source, root, options);
  const folder = files?.folder ?? rootFolder(source, root).folder;
  const { open, close } = openFiles(source, folder);
  const readRow = (path: string, offset: number, length: number): Sample => {
    const reader = new LineReader(open(path), offset);
    const line = reader.read() ? reader.bytes.toString('utf8', reader.start, reader.end) : '';
    if (Buffer.byteLength(line) < length)
      throw new LongtailError('dataset/sample-unreadable', { path, reason: 'EOF' });
    try {
      const value: unknown = JSON.parse(line.trim().replace(/,$/, ''));
      const features = files?.plan.features ?? [];
      const cell = (key: string): string => featureText(isObject(value) ? value[key] : undefined);
      return { kind: 'row', values: Object.fromEntries(features.map((key) => [key, cell(key)])) };
    } catch (error) {
      const reason = reasonOf(error);
      throw new LongtailError('dataset/sample-unreadable', { path, reason }, { cause: error });
    }
  };
  const isRows = files !== null && files.plan.path === null;
  return {
    ...(isRows ? { rows: recordRows(files, open) } : {}),
    readSample: ({ path, offset, length }) =>
      length > 0 ? readRow(path, offset, length) : readImageFile(source, join(folder, path)),
    close,
  };
};

/**
 * Records of JSON, one a line: texts or rows with their label, or a `metadata.jsonl` beside the
 * files it names. The label is found by its key, however deep, or named with dots by the user.
 */
export const jsonl: DatasetFormat = {
  id: 'jsonl',
  detect: (source, root, options) => {
    const files = findRecords(source, root, options);
    if (files === null) {
      const [path] = docBins(source, root);
      if (path === undefined) return null;
      const evidence = [issue('info', 'dataset/evidence-file', {}, { path })];
      return { format: 'jsonl', confidence: 0.3, evidence };
    }
    if (!files.readable) return null;
    const { label } = files.plan;
    const path = files.chosen[0]?.file ?? '';
    const found = label === null ? 0.1 : { user: 0.6, name: 0.55, content: 0.3 }[label.by];
    const sure = (files.isFile ? 0.3 : 0) + (files.isMetadata ? 0.35 : 0);
    const column = label?.path.join('.') ?? '';
    return {
      format: 'jsonl',
      confidence: Math.min(0.95, found + sure),
      evidence: [
        issue('info', 'dataset/evidence-file', {}, { path }),
        ...(label === null
          ? []
          : [issue('info', 'dataset/evidence-label-column', { column }, { path })]),
      ],
    };
  },
  index,
  openSamples,
};
