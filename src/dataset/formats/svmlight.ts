import { LongtailError } from '../../common/errors';
import { ByteTable } from '../bytes/byteTable';
import { LineReader } from '../bytes/lineReader';
import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import { RowsOut } from '../rowBatch';
import type { DatasetFormat, IndexSink, OpenFile } from '../types';
import { join } from './folders';
import { openFiles } from './openFiles';
import { classOrder } from './records/classOrder';
import { findSvm, labelNamesOf } from './svmlight/files';
import type { SvmFile } from './svmlight/files';
import { SvmLine } from './svmlight/line';
import { featureRange, fillRow, mostColumns, samplesIn, svmRows } from './svmlight/rows';

const linesPerPart = 8192;
/** A longer list of labels is looked at each time, not remembered. */
const maxRemembered = 64;
const maxLabel = 1000;

/** What a scan gathers over its files. */
interface Gathered {
  several: boolean;
  samples: number;
  readonly idOf: (label: string) => number;
}

/** Reads one file into the sink: labels alone, features are passed over. */
const readFile = (file: OpenFile, part: SvmFile, sink: IndexSink, gathered: Gathered): void => {
  const out = new RowsOut(sink, sink.container(part.file));
  const split = sink.splitId(part.split);
  const line = new SvmLine();
  const cells = new ByteTable();
  const known: (readonly number[])[] = [];
  const before = gathered.samples;
  let damaged = 0;
  let firstDamaged = 0;
  const labelsOf = (reader: LineReader): readonly number[] => {
    const length = line.labelTo - line.labelFrom;
    const isShort = length > 0 && length <= maxRemembered;
    const cell = isShort ? cells.find(reader.view, line.labelFrom, line.labelTo) : -1;
    const ids = cell < 0 ? undefined : known[cell];
    if (ids !== undefined) return ids;
    const labels = line.labels(reader.bytes);
    const isDamaged = labels.some((label) => label.length > maxLabel || label.includes(':'));
    if (isDamaged && damaged++ === 0) firstDamaged = reader.line;
    const fresh = isDamaged ? [] : labels.map(gathered.idOf);
    if (cell >= 0 && !isDamaged) known[cell] = fresh;
    return fresh;
  };
  let reader = new LineReader(file);
  try {
    for (reader of samplesIn(file, part)) {
      const { bytes, start, end } = reader;
      line.read(bytes, start, end);
      const labels = labelsOf(reader);
      gathered.several ||= labels.length > 1;
      gathered.samples++;
      out.row(labels, split, reader.offset, end - start, reader.digest());
      if (reader.line % linesPerPart === 0) sink.share(reader.offset / file.size);
    }
  } finally {
    out.flush();
  }
  const path = part.file;
  const warn = (code: string, count: number, place = {}): void => {
    if (count > 0) sink.issue(issue('warning', code, {}, { path, count, ...place }));
  };
  warn('dataset/lines-damaged', damaged, { line: firstDamaged });
  warn('dataset/lines-long', reader.tooLong);
  const count = gathered.samples - before;
  const declared = part.header?.samples ?? count;
  if (declared !== count)
    sink.issue(issue('warning', 'dataset/svm-samples', { declared }, { path, count }));
};

const index: DatasetFormat['index'] = (source, root, _options, sink) => {
  const files = findSvm(source, root);
  const { folder, chosen, skipped, features } = files;
  if (skipped.length > 0) sink.issue(issueOfMany('info', 'dataset/tables-skipped', skipped));
  const named = labelNamesOf(source, files);
  // Names that stand for several numbers say nothing.
  const isClear = named !== null && new Set(named.names).size === named.names.length;
  const names = isClear ? named.names : null;
  const ids = new Map<string, number>();
  const unnamed = new Set<string>();
  const idOf = (label: string): number => {
    const known = ids.get(label);
    if (known !== undefined) return known;
    const name = names?.[/^\d+$/.test(label) ? Number(label) : -1];
    if (names !== null && name === undefined) unnamed.add(label);
    const id = sink.classId(name ?? label);
    ids.set(label, id);
    return id;
  };
  const gathered: Gathered = { several: false, samples: 0, idOf };
  for (const part of chosen) {
    const path = part.file;
    let file: OpenFile | undefined;
    try {
      file = openBytes(source, join(folder, path));
      readFile(file, part, sink, gathered);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const code = file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut';
      sink.issue(issue('error', code, { reason: reasonOf(error) }, { path }));
    } finally {
      file?.close();
    }
  }
  const [first] = chosen;
  if (named !== null && !isClear)
    sink.issue(issue('warning', 'dataset/svm-names', {}, { path: named.file }));
  if (unnamed.size > 0)
    sink.issue(issueOfMany('warning', 'dataset/ids-without-name', classOrder([...unnamed])));
  const isWide = features > mostColumns;
  if (isWide && first !== undefined) {
    const params = { features, limit: mostColumns };
    sink.issue(issue('info', 'dataset/svm-sparse', params, { path: first.file }));
  }
  sink.describe({
    task:
      gathered.several || chosen.some(({ header }) => header !== null)
        ? 'multi-label'
        : 'single-label',
    modality: isWide ? 'none' : 'tabular',
    classNames: names ?? classOrder([...ids.keys()]),
  });
};

const openSamples: DatasetFormat['openSamples'] = (source, root) => {
  const { folder, chosen, features } = findSvm(source, root);
  const { open, close } = openFiles(source, folder);
  const range = features > mostColumns ? null : featureRange(chosen, open);
  return {
    ...(range === null ? {} : { rows: svmRows(chosen, open, range) }),
    readSample: ({ path, offset, length }) => {
      const fail = (reason: string) =>
        new LongtailError('dataset/sample-unreadable', { path, reason });
      if (range === null) throw fail(`${String(features)} features`);
      const bytes = Buffer.from(open(path).read(offset, length));
      const [first, last] = range;
      const values = new Float64Array(last - first + 1);
      if (bytes.length < length) throw fail('EOF');
      if (!fillRow(bytes, [0, length], values, first)) throw fail('index:value');
      const cells = [...values].map((value, i) => [String(first + i), String(value)] as const);
      return { kind: 'row', values: Object.fromEntries(cells) };
    },
    close,
  };
};

/**
 * Rows of svmlight and LIBSVM: one or several labels with commas between, then `index:value` for the
 * features that are not 0; also files of extreme classification, which begin with their size.
 */
export const svmlight: DatasetFormat = {
  id: 'svmlight',
  detect: (source, root) => {
    const { chosen, confidence } = findSvm(source, root);
    const [first] = chosen;
    if (first === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-svm', {}, { path: first.file })];
    return { format: 'svmlight', confidence, evidence };
  },
  index,
  openSamples,
};
