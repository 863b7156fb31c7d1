import { LongtailError } from '../../common/errors';
import { JsonItems } from '../bytes/jsonItems';
import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, reasonOf } from '../issues';
import { noSplit } from '../splitNames';
import type { DatasetFormat, FormatOptions, IndexSink, OpenFile } from '../types';
import { join, rootFolder } from './folders';
import { columnsOf, findExport, modalityOf, taskRows } from './labelStudio/exportFile';
import { UploadedFiles } from './labelStudio/shown';
import { taskOf } from './labelStudio/tasks';
import { TaskScan } from './labelStudio/taskScan';
import { readImageFile } from './openFileSample';
import { classOrder } from './records/classOrder';
import { featureText } from './records/features';

const tasksPerPart = 256;

/** `dataset/column-missing` where the named question is not asked; else what was not counted. */
const reportScan = (
  scan: TaskScan,
  path: string,
  { labelColumn }: FormatOptions,
  sink: IndexSink,
): void => {
  const others = [...scan.questions].filter((each) => each !== scan.question).slice(0, 9);
  if (others.length > 8) others[8] = '…';
  if (labelColumn !== undefined && !scan.questions.has(labelColumn)) {
    const params = { path, column: labelColumn, columns: others };
    throw new LongtailError('dataset/column-missing', params);
  }
  if (others.length > 0)
    sink.issue(issue('info', 'dataset/label-sets', { chosen: scan.question ?? '', others }));
  const warn = (code: string, count: number): void => {
    if (count > 0) sink.issue(issue('warning', code, {}, { path, count }));
  };
  warn('dataset/items-damaged', scan.damaged);
  warn('dataset/further-annotators', scan.further);
  warn('dataset/files-missing', scan.missing);
};

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const found = findExport(source, root);
  if (found === null) return;
  const { folder, file: path, tasks } = found;
  const uploads = new UploadedFiles(source, folder);
  const scan = new TaskScan(sink, uploads, sink.splitId(noSplit), options.labelColumn);
  let file: OpenFile | undefined;
  try {
    file = openBytes(source, join(folder, path));
    const items = new JsonItems(file);
    const container = sink.container(path);
    for (let count = 1; items.read(); count++) {
      const { offset, start, end } = items;
      scan.add(items.value(), { container, offset, length: end - start, digest: items.digest() });
      if (count % tasksPerPart === 0) sink.share(offset / file.size);
    }
    const detail = `byte ${String(items.offset)}`;
    if (items.isCut) sink.issue(issue('error', 'dataset/rows-damaged', { detail }, { path }));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    sink.issue(issue('error', 'dataset/file-cut', { reason: reasonOf(error) }, { path }));
  } finally {
    file?.close();
  }
  reportScan(scan, path, options, sink);
  const classNames = classOrder([...scan.classes]);
  sink.describe({ task: scan.task, modality: modalityOf(tasks), classNames });
};

const openSamples: DatasetFormat['openSamples'] = (source, root) => {
  const found = findExport(source, root);
  const { folder } = found ?? rootFolder(source, root);
  const tasks = found?.tasks ?? [];
  const columns = columnsOf(tasks);
  const opened: OpenFile[] = [];
  const open = (): OpenFile => {
    const file = opened[0] ?? openBytes(source, join(folder, found?.file ?? ''));
    opened[0] = file;
    return file;
  };
  const isText = modalityOf(tasks) === 'text';
  return {
    ...(isText ? { rows: taskRows(columns, open) } : {}),
    readSample: ({ path, offset, length }) => {
      if (length === 0) return readImageFile(source, join(folder, path));
      const fail = (reason: string, cause?: unknown): LongtailError =>
        new LongtailError('dataset/sample-unreadable', { path, reason }, { cause });
      if (!isText) throw fail('ENOENT');
      try {
        const item: unknown = JSON.parse(Buffer.from(open().read(offset, length)).toString('utf8'));
        const data = taskOf(item)?.data ?? {};
        const values = columns.map((key): [string, string] => [key, featureText(data[key])]);
        return { kind: 'row', values: Object.fromEntries(values) };
      } catch (error) {
        throw fail(reasonOf(error), error);
      }
    },
    close: () => opened.forEach((file) => file.close()),
  };
};

/**
 * Exports of Label Studio, JSON and JSON-MIN. Every `from_name` is a question of its own: the one
 * named as label column counts, else the first that is answered. Of several annotators the first
 * who did not cancel counts; predictions do not.
 */
export const labelStudio: DatasetFormat = {
  id: 'label-studio',
  detect: (source, root) => {
    const found = findExport(source, root);
    if (found === null) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: found.file })];
    return { format: 'label-studio', confidence: 0.92, evidence };
  },
  index,
  openSamples,
};
