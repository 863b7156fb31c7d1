import { LongtailError } from '../../common/errors';
import { PickleRefusal } from '../arrays/pickle/values';
import { issue, isSystemError, reasonOf } from '../issues';
import type { DatasetFormat, FileSource, IndexSink } from '../types';
import { findCifar, pictureBytes } from './cifar/files';
import type { CifarKind, CifarPlace } from './cifar/files';
import { readNames, readRows } from './cifar/read';
import type { CifarRows } from './cifar/read';
import { join, rootFolder } from './folders';
import { openPlanar } from './pixelRows';

/** Labels above this are damage: they would ask for as many classes. */
const maxLabel = 65535;

/** An issue for what reading a file threw; what is no fault of the file is thrown on. */
const fileIssue = (error: unknown, path: string) => {
  if (error instanceof PickleRefusal) {
    const reason = `${error.reason}: ${error.what}`;
    return issue('error', 'dataset/pickle-refused', { reason, at: error.at }, { path });
  }
  if (error instanceof LongtailError || error instanceof RangeError || isSystemError(error))
    return issue('error', 'dataset/file-unreadable', { reason: reasonOf(error) }, { path });
  throw error;
};

const namesOf = (
  source: FileSource,
  { folder, base, kind }: CifarPlace,
  wantsCoarse: boolean,
  sink: IndexSink,
): readonly string[] => {
  const file = kind.isBinary && wantsCoarse ? kind.names[1] : kind.names[0];
  if (file === undefined) return [];
  try {
    const names = readNames(source, join(folder, file), kind, wantsCoarse);
    return new Set(names).size === names.length ? names : [];
  } catch (error) {
    sink.issue(fileIssue(error, join(base, file)));
    return [];
  }
};

const wantsCoarseOf = (kind: CifarKind, column: string | undefined): boolean =>
  kind.labels === 100 && /^coarse(_labels?)?$/.test(column ?? '');

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  sink.describe({ task: 'single-label', modality: 'image' });
  const place = findCifar(source, root);
  if (place === null) return;
  const { kind, base, folder } = place;
  const wantsCoarse = wantsCoarseOf(kind, options.labelColumn);
  if (kind.labels === 100) {
    const [chosen, other] = wantsCoarse ? ['coarse', 'fine'] : ['fine', 'coarse'];
    sink.issue(issue('info', 'dataset/label-sets', { chosen, others: [other] }));
  }
  const names = namesOf(source, place, wantsCoarse, sink);
  if (names.length > 0)
    sink.describe({ task: 'single-label', modality: 'image', classNames: names });
  const read: { rows: CifarRows; name: string; split: string }[] = [];
  for (const { name, split } of kind.files) {
    try {
      const rows = readRows(source, join(folder, name), kind, wantsCoarse);
      if (rows.damage !== undefined)
        sink.issue(
          issue(
            'error',
            'dataset/rows-damaged',
            { detail: rows.damage },
            { path: join(base, name) },
          ),
        );
      if (rows.pixels === null && rows.count > 0)
        sink.issue(issue('warning', 'dataset/no-pixels', {}, { path: join(base, name) }));
      read.push({ rows, name, split });
    } catch (error) {
      sink.issue(fileIssue(error, join(base, name)));
    }
    sink.tick(0);
  }
  const top = read.reduce((most, { rows }) => {
    for (let i = 0; i < rows.count; i++) {
      const label = rows.labels[i] ?? -1;
      if (label > most && label <= maxLabel) most = label;
    }
    return most;
  }, names.length - 1);
  if (names.length === 0 || top >= names.length) {
    const all = Array.from({ length: top + 1 }, (_, id) => names[id] ?? String(id));
    if (new Set(all).size === all.length)
      sink.describe({ task: 'single-label', modality: 'image', classNames: all });
  }
  const idOf = (label: number): number[] =>
    Number.isInteger(label) && label >= 0 && label <= maxLabel
      ? [sink.classId(names[label] ?? String(label))]
      : [];
  for (const { rows, name, split: splitName } of read) {
    const split = sink.splitId(splitName);
    const container = sink.container(join(base, name));
    const { start, step } = rows.pixels ?? { start: 0, step: 0 };
    const length = step === 0 ? 0 : pictureBytes;
    for (let row = 0; row < rows.count; row++)
      sink.sample(idOf(rows.labels[row] ?? -1), split, container, '', start + row * step, length);
  }
};

/**
 * CIFAR-10 and CIFAR-100 as Krizhevsky published them: Python pickles (`data_batch_1` …,
 * `train`, `test`, read without running anything) or binary rows of labels and pixels. CIFAR-100
 * is read by its fine labels, by its coarse ones with `labelColumn` "coarse".
 */
export const cifar: DatasetFormat = {
  id: 'cifar',
  detect: (source, root) => {
    const place = findCifar(source, root);
    if (place === null) return null;
    const path = join(place.base, place.kind.files[0]?.name ?? '');
    return {
      format: 'cifar',
      confidence: 0.95,
      evidence: [issue('info', 'dataset/evidence-file', {}, { path })],
    };
  },
  index,
  openSamples: (source, root) =>
    openPlanar(source, rootFolder(source, root).folder, { width: 32, height: 32, channels: 3 }),
};
