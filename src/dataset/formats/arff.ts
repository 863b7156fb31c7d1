import { LongtailError } from '../../common/errors';
import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import type { DatasetFormat, IndexSink, Modality, OpenFile } from '../types';
import { findArff } from './arff/files';
import type { ArffFile, ArffFiles } from './arff/files';
import { ArffRow } from './arff/row';
import { arffRows, featuresOf, isWhole, valueOf } from './arff/rows';
import { ArffScan } from './arff/scan';
import { join } from './folders';
import { openFiles } from './openFiles';
import { classOrder } from './records/classOrder';

const checkLabel = ({ header, file, labels }: ArffFile, named: string | undefined): void => {
  if (labels !== null) return;
  const columns = header.attributes.map(({ name }) => name);
  if (named === undefined)
    throw new LongtailError('dataset/no-label-column', { path: file, columns });
  throw new LongtailError('dataset/column-missing', { path: file, column: named, columns });
};

const modalityOf = (part: ArffFile | undefined): Modality => {
  if (part === undefined) return 'none';
  const kinds = featuresOf(part).map((at) => part.header.attributes[at]?.kind);
  if (kinds.length === 0) return 'none';
  return kinds.every((kind) => kind === 'text') ? 'text' : 'tabular';
};

const report = ({ chosen, skipped, unreadable }: ArffFiles, sink: IndexSink): void => {
  for (const { file: path, reason } of unreadable)
    sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path }));
  if (skipped.length > 0) sink.issue(issueOfMany('info', 'dataset/tables-skipped', skipped));
  for (const { file: path, header, labels } of chosen) {
    const count = header.damaged;
    if (count > 0) sink.issue(issue('warning', 'dataset/arff-header', {}, { path, count }));
    const column = header.attributes[labels?.columns[0] ?? -1]?.name ?? '';
    if (labels?.by === 'content')
      sink.issue(issue('info', 'dataset/arff-label', { column }, { path }));
  }
};

/** Classes that the header declares, in its order; none where it declares none. */
const declaredOf = ({ header, labels }: ArffFile): readonly string[] => {
  const columns = labels?.columns ?? [];
  const attributes = columns.map((at) => header.attributes[at]);
  if (labels?.areFlags === true) return attributes.map((attribute) => attribute?.name ?? '');
  return columns.length === 1 ? (attributes[0]?.values ?? []) : [];
};

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const files = findArff(source, root, options);
  const { folder, chosen } = files;
  const [first] = chosen;
  const isSingle = first?.labels?.areFlags !== true && (first?.labels?.columns.length ?? 1) === 1;
  const facts = {
    task: isSingle ? 'single-label' : 'multi-label',
    modality: modalityOf(first),
  } as const;
  sink.describe(facts);
  report(files, sink);
  const ids = new Map<string, number>();
  const idOf = (name: string): number => {
    const id = ids.get(name) ?? sink.classId(name);
    ids.set(name, id);
    return id;
  };
  chosen.forEach((part, at) => {
    checkLabel(part, options.labelColumn);
    const path = part.file;
    let file: OpenFile | undefined;
    try {
      file = openBytes(source, join(folder, path));
      new ArffScan(part, sink, idOf).run(file, (done) => sink.share((at + done) / chosen.length));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const code = file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut';
      sink.issue(issue('error', code, { reason: reasonOf(error) }, { path }));
    } finally {
      file?.close();
    }
  });
  const declared = new Set(chosen.flatMap(declaredOf));
  const others = classOrder([...ids.keys()].filter((name) => !declared.has(name)));
  sink.describe({ ...facts, classNames: [...declared, ...others] });
};

const openSamples: DatasetFormat['openSamples'] = (source, root, options) => {
  const { folder, chosen } = findArff(source, root, options);
  const { open, close } = openFiles(source, folder);
  const rows = arffRows(chosen, open);
  return {
    ...(rows === null ? {} : { rows }),
    readSample: ({ path, offset, length }) => {
      const part = chosen.find(({ file }) => file === path);
      const bytes = Buffer.from(open(path).read(offset, length));
      const row = new ArffRow();
      const isRow = bytes.length === length && row.read(bytes, 0, length) === 'row';
      if (part === undefined || !isRow || !isWhole(row, part))
        throw new LongtailError('dataset/sample-unreadable', { path, reason: '@data' });
      const cells = featuresOf(part).map(
        (at) => [part.header.attributes[at]?.name ?? '', valueOf(row, part, at)] as const,
      );
      return { kind: 'row', values: Object.fromEntries(cells) };
    },
    close,
  };
};

/**
 * Weka's ARFF, dense and sparse, with one label, or with several as MEKA and MULAN declare them.
 */
export const arff: DatasetFormat = {
  id: 'arff',
  detect: (source, root, options) => {
    const { chosen } = findArff(source, root, options);
    const [first] = chosen;
    if (first === undefined) return null;
    const place = { path: first.file };
    const label = first.header.attributes[first.labels?.columns[0] ?? -1]?.name;
    const evidence = [issue('info', 'dataset/evidence-file', {}, place)];
    if (label !== undefined)
      evidence.push(issue('info', 'dataset/evidence-label-column', { column: label }, place));
    return { format: 'arff', confidence: first.labels === null ? 0.6 : 0.95, evidence };
  },
  index,
  openSamples,
};
