import type { Issue } from '../../common/errors';
import { issue } from '../issues';
import type { DatasetFormat, FileSource, IndexSink, Modality } from '../types';
import { arrayIssue, readArray } from './numpy/files';
import { arrayLabels } from './numpy/labels';
import type { ArrayLabels } from './numpy/labels';
import { planArrays } from './numpy/plan';
import type { ArrayPart, ArrayPlan } from './numpy/plan';
import { openRows, rowBytes, rowKind } from './numpy/rows';

interface ReadPart extends ArrayPart {
  readonly found: ArrayLabels;
  readonly count: number;
}

const givenNames = (source: FileSource, { folder, names }: ArrayPlan): readonly string[] => {
  if (names === null) return [];
  try {
    const { values, shape } = readArray(source, folder, names.path);
    return values instanceof Array && shape.length === 1 ? values : [];
  } catch {
    // Without them classes are numbers.
    return [];
  }
};

const readPart = (
  source: FileSource,
  folder: string,
  part: ArrayPart,
  given: readonly string[],
): { readonly read: ReadPart | null; readonly issues: readonly Issue[] } => {
  const { path, header } = part.labels;
  try {
    const found = arrayLabels(readArray(source, folder, path), given);
    if (found === null) {
      const detail = `${header.descr} (${header.shape.join(', ')})`;
      return {
        read: null,
        issues: [issue('error', 'dataset/array-no-labels', { detail }, { path })],
      };
    }
    const rows = part.data?.header.shape[0] ?? found.rows;
    const issues =
      rows === found.rows
        ? []
        : [issue('error', 'dataset/rows-damaged', { detail: `${found.rows} / ${rows}` }, { path })];
    return { read: { ...part, found, count: Math.min(rows, found.rows) }, issues };
  } catch (error) {
    return { read: null, issues: [arrayIssue(error, path)] };
  }
};

const modalityOf = (parts: readonly ReadPart[]): Modality => {
  const data = parts.find((part) => part.data !== null)?.data;
  const kind = data === undefined || data === null ? null : rowKind(data.header);
  if (kind === null) return 'none';
  return kind.kind === 'pixels' ? 'image' : 'tabular';
};

const writePart = ({ split, labels, data, found, count }: ReadPart, sink: IndexSink): void => {
  const splitId = sink.splitId(split);
  const rows = data ?? labels;
  const container = sink.container(rows.path);
  const bytes = rowBytes(rows.header);
  const ids = found.names.map((name) => sink.classId(name));
  for (let row = 0; row < count; row++) {
    const own = found.of(row).map((at) => ids[at] ?? 0);
    sink.sample(own, splitId, container, '', rows.header.start + row * bytes, bytes);
  }
};

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const plan = planArrays(source, root, options);
  if (plan === null) return;
  plan.issues.forEach((found) => sink.issue(found));
  const given = givenNames(source, plan);
  const parts: ReadPart[] = [];
  for (const part of plan.parts) {
    const { read, issues } = readPart(source, plan.folder, part, given);
    issues.forEach((found) => sink.issue(found));
    if (read !== null) parts.push(read);
    const { data } = part;
    if (data !== null && rowKind(data.header) === null)
      sink.issue(issue('warning', 'dataset/no-pixels', {}, { path: data.path }));
    sink.tick(0);
  }
  const names = [...new Set(parts.flatMap(({ found }) => found.names))];
  const isNumbers = names.every((name) => /^-?\d+$/.test(name));
  sink.describe({
    task: parts.some(({ found }) => found.several) ? 'multi-label' : 'single-label',
    modality: modalityOf(parts),
    ...(isNumbers
      ? { classNames: names.sort((a, b) => Number(a) - Number(b)) }
      : given.length > 0
        ? { classNames: names }
        : {}),
  });
  parts.forEach((part, done) => {
    writePart(part, sink);
    sink.share((done + 1) / parts.length);
  });
};

/**
 * NumPy's files: `.npy` side by side (`x_train.npy`, `y_train.npy`, `labels.npy`) or the members
 * of an `.npz` (`train_images`, `train_labels`). Only the label arrays are read; arrays of Python
 * objects are refused, since reading them would mean executing them.
 */
export const numpy: DatasetFormat = {
  id: 'numpy',
  detect: (source, root, options) => {
    const plan = planArrays(source, root, options);
    const first = plan?.parts[0];
    if (plan === null || first === undefined) return null;
    const hasData = plan.parts.some(({ data }) => data !== null);
    return {
      format: 'numpy',
      confidence: hasData ? 0.9 : 0.7,
      evidence: [issue('info', 'dataset/evidence-file', {}, { path: first.labels.path })],
    };
  },
  index,
  openSamples: (source, root, options) => {
    const plan = planArrays(source, root, options);
    const given = plan === null ? [] : givenNames(source, plan);
    const parts = (plan?.parts ?? []).flatMap((part) => {
      const { read } = readPart(source, plan?.folder ?? root, part, given);
      return read === null || read.data === null ? [] : [{ data: read.data, count: read.count }];
    });
    return openRows(source, plan?.folder ?? root, parts);
  },
};
