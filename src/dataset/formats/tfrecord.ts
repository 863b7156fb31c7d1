import { LongtailError } from '../../common/errors';
import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import type { DatasetFormat, FileSource, FormatOptions, IndexSink, OpenFile } from '../types';
import { join } from './folders';
import { openFiles } from './openFiles';
import { classOrder } from './records/classOrder';
import { featuresOf, numbersOf, textsOf } from './tfrecord/example';
import { findRecordFiles, labelNames } from './tfrecord/files';
import type { RecordFiles } from './tfrecord/files';
import { FileWindow, Frames } from './tfrecord/frames';
import { planFeatures } from './tfrecord/plan';
import type { RecordPlan } from './tfrecord/plan';
import { RecordScan } from './tfrecord/recordScan';

/** Shards open at once: an unpacked one is held in memory. */
const mostShards = 4;
const maxSample = 256 * 1024 * 1024;
const fewFiles = 4;

/** The plan of the first file that has records; null where none of the first few has. */
const planOf = (
  source: FileSource,
  { folder, files }: RecordFiles,
  labelColumn: string | undefined,
): RecordPlan | null => {
  for (const { file: path } of files.slice(0, fewFiles)) {
    try {
      const file = openBytes(source, join(folder, path));
      try {
        const plan = planFeatures(new FileWindow(file), labelColumn);
        if (plan !== null) return plan;
      } finally {
        file.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  return null;
};

const reportPlan = (
  files: RecordFiles,
  plan: RecordPlan,
  { labelColumn }: FormatOptions,
  sink: IndexSink,
): void => {
  const path = files.files[0]?.file ?? '';
  const columns = plan.keys.slice(0, 32);
  if (plan.label === null)
    throw labelColumn === undefined
      ? new LongtailError('dataset/no-label-column', { path, columns })
      : new LongtailError('dataset/column-missing', { path, column: labelColumn, columns });
  const others = plan.others.slice(0, 8);
  if (others.length > 0)
    sink.issue(issue('info', 'dataset/label-sets', { chosen: plan.label, others }));
  if (files.skipped.length > 0)
    sink.issue(issueOfMany('info', 'dataset/several-sets', files.skipped, { chosen: files.base }));
};

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const found = findRecordFiles(source, root);
  const plan = planOf(source, found, options.labelColumn);
  if (plan !== null) reportPlan(found, plan, options, sink);
  const empty = { keys: [], label: null, others: [], columns: [], picture: null };
  const used = plan ?? { ...empty, isObjects: false, modality: 'none' as const };
  const names =
    used.label === null ? new Map<number, string>() : labelNames(source, found, used.label);
  const scan = new RecordScan(sink, used, names);
  found.files.forEach(({ file: path, split }, done) => {
    let file: OpenFile | undefined;
    try {
      file = openBytes(source, join(found.folder, path));
      scan.run(file, path, split, (share) => sink.share((done + share) / found.files.length));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const code = file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut';
      sink.issue(issue('error', code, { reason: reasonOf(error) }, { path }));
    } finally {
      file?.close();
    }
  });
  if (scan.unread > 0)
    sink.issue(issue('warning', 'dataset/labels-damaged', {}, { count: scan.unread }));
  const declared = [...new Set(names.values())];
  const rest = classOrder([...scan.met].filter((name) => !declared.includes(name)));
  sink.describe({
    task: used.isObjects ? 'detection' : scan.several ? 'multi-label' : 'single-label',
    modality: used.modality,
    classNames: [...declared, ...rest],
  });
};

const openSamples: DatasetFormat['openSamples'] = (source, root, options) => {
  const found = findRecordFiles(source, root);
  const plan = planOf(source, found, options.labelColumn);
  const columns = plan?.columns ?? [];
  const { open, close } = openFiles(source, found.folder, { most: mostShards });
  /** The first value of every column, as text. */
  const cells = (window: FileWindow, from: number, to: number): readonly string[] => {
    const features = new Map(featuresOf(window, from, to).map((each) => [each.key, each]));
    return columns.map((key) => {
      const feature = features.get(key);
      if (feature === undefined) return '';
      if (feature.kind === 'bytes') return textsOf(window, feature)[0] ?? '';
      return String(numbersOf(window, feature)[0] ?? '');
    });
  };
  const rows = {
    columns,
    decimalComma: false,
    read: (each: (row: number, cell: (column: number) => string, isWhole: boolean) => boolean) => {
      let row = 0;
      for (const { file } of found.files) {
        const window = new FileWindow(open(file));
        const frames = new Frames(window);
        while (frames.read()) {
          const values = cells(window, frames.start, frames.end);
          if (!each(row++, (column) => values[column] ?? '', true)) return;
        }
      }
    },
  };
  return {
    ...(plan !== null && plan.picture === null ? { rows } : {}),
    readSample: ({ path, offset, length }) => {
      const file = open(path);
      const hasPicture = plan?.picture !== null;
      const bytes = hasPicture && length <= maxSample ? file.read(offset, length) : null;
      if (offset + length > file.size || bytes?.length === 0 || (hasPicture && bytes === null))
        throw new LongtailError('dataset/sample-unreadable', { path, reason: 'EOF' });
      if (bytes !== null) return { kind: 'encoded-image', bytes };
      const values = cells(new FileWindow(file), offset, offset + length);
      const named = columns.map((key, at): [string, string] => [key, values[at] ?? '']);
      return { kind: 'row', values: Object.fromEntries(named) };
    },
    close,
  };
};

/**
 * TFRecord files of tf.train.Example: classes, several labels, or objects as the object detection API
 * and TFDS write them. The label's key is named by the user or one of the usual ones.
 */
export const tfrecord: DatasetFormat = {
  id: 'tfrecord',
  detect: (source, root, options) => {
    const found = findRecordFiles(source, root);
    const plan = planOf(source, found, options.labelColumn);
    if (plan === null) return null;
    const path = found.files[0]?.file ?? '';
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path })];
    return { format: 'tfrecord', confidence: plan.label === null ? 0.5 : 0.95, evidence };
  },
  index,
  openSamples,
};
