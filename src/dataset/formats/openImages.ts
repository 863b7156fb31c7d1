import { LongtailError } from '../../common/errors';
import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import type { DatasetFormat, FileSource, FormatOptions, IndexSink, Task } from '../types';
import { openPictures } from './labelme/annotations';
import { chooseNames, declaredNames, readClassNames } from './openImages/classNames';
import type { ClassNames } from './openImages/classNames';
import { LabelRows } from './openImages/labelRows';
import { PicturesById } from './openImages/pictures';
import { findOpenImages } from './openImages/tables';
import type { LabelTable, OpenImagesFiles } from './openImages/tables';
import { classOrder } from './records/classOrder';

/** The tables of the kind that is read: the one named, else the first. */
const choose = (
  { tables }: OpenImagesFiles,
  { labelColumn }: FormatOptions,
  sink: IndexSink,
): readonly LabelTable[] => {
  const kinds = [...new Set(tables.map(({ kind }) => kind))];
  const chosen = labelColumn ?? kinds[0] ?? '';
  if (labelColumn !== undefined && !kinds.includes(labelColumn))
    throw new LongtailError('dataset/column-missing', {
      path: tables[0]?.path ?? '',
      column: labelColumn,
      columns: kinds,
    });
  const others = kinds.filter((kind) => kind !== chosen).slice(0, 8);
  if (others.length > 0) sink.issue(issue('info', 'dataset/label-sets', { chosen, others }));
  return tables.filter(({ kind }) => kind === chosen);
};

const namesOf = (
  source: FileSource,
  { folder, names }: OpenImagesFiles,
  kind: string,
  sink: IndexSink,
): ClassNames => {
  const path = chooseNames(names, kind);
  if (path === undefined) return new Map();
  try {
    return readClassNames(source, folder, path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    sink.issue(issue('error', 'dataset/file-unreadable', { reason: reasonOf(error) }, { path }));
    return new Map();
  }
};

const taskOf = (tables: readonly LabelTable[]): Task => {
  const { isMasks = false, isBoxes = false } = tables[0]?.columns ?? {};
  return isMasks ? 'segmentation' : isBoxes ? 'detection' : 'multi-label';
};

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const files = findOpenImages(source, root);
  const tables = choose(files, options, sink);
  const task = taskOf(tables);
  sink.describe({ task, modality: 'image' });
  if (files.older.length > 0)
    sink.issue(issueOfMany('info', 'dataset/tables-skipped', files.older));
  const names = namesOf(source, files, tables[0]?.kind ?? '', sink);
  const read = (pictures: PicturesById | null): { rows: LabelRows; failed: unknown }[] =>
    tables.map((table, done) => {
      const rows = new LabelRows(table, names, pictures, sink);
      try {
        rows.run(source, files.folder, (share) => sink.share((done + share) / tables.length));
      } catch (error) {
        if (!isSystemError(error)) throw error;
        return { rows, failed: error };
      }
      return { rows, failed: null };
    });
  const pictures = new PicturesById(source, files.folder);
  const atHand = pictures.size > 0 ? read(pictures) : [];
  // Pictures that have nothing to do with the tables are no reason to leave all of these out.
  const all = atHand.some(({ rows }) => rows.taken > 0) ? atHand : read(null);
  const unnamed = new Set<string>();
  all.forEach(({ rows, failed }, at) => {
    rows.report();
    for (const id of rows.unnamed) unnamed.add(id);
    const path = tables[at]?.path ?? '';
    if (failed !== null)
      sink.issue(issue('error', 'dataset/file-cut', { reason: reasonOf(failed) }, { path }));
  });
  const rest = classOrder([...unnamed]);
  if (rest.length > 0) sink.issue(issueOfMany('info', 'dataset/ids-without-name', rest));
  const declared = declaredNames(names, task !== 'multi-label');
  sink.describe({ task, modality: 'image', classNames: [...declared, ...rest] });
};

/**
 * Open Images, v4 to v7: boxes, or labels of whole pictures, named as label column by the kind in
 * the name of their table ("bbox", "human-imagelabels" …). Where pictures are there, only these
 * count; a label with confidence 0 says that a class is surely absent.
 */
export const openImages: DatasetFormat = {
  id: 'open-images',
  detect: (source, root) => {
    const [first] = findOpenImages(source, root).tables;
    if (first === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first.path })];
    return { format: 'open-images', confidence: 0.96, evidence };
  },
  index,
  openSamples: openPictures,
};
