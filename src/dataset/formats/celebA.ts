import { LongtailError } from '../../common/errors';
import { isSystemError, issue, reasonOf } from '../issues';
import { noSplit } from '../splitNames';
import type { DatasetFormat, FileSource, IndexSink, OpenFile } from '../types';
import { findCeleba } from './celebA/files';
import type { CelebaFiles } from './celebA/files';
import { noFacts, readAttributes, readNumbers } from './celebA/read';
import type { ListFacts } from './celebA/read';
import { join } from './folders';
import { openPictures } from './labelme/annotations';
import { classOrder } from './records/classOrder';
import { filePlace } from './records/filePlace';
import { OutsideNames } from './records/outside';
import { pictureBase } from './records/pictureBase';

const [attributes, identity] = ['attributes', 'identity'];
const parts = ['train', 'validation', 'test'];

/** Opens a list for `read`; what is damaged or fails becomes an issue. */
const guarded = (
  source: FileSource,
  folder: string,
  path: string,
  sink: IndexSink,
  read: (file: OpenFile, facts: ListFacts) => void,
): void => {
  const facts = noFacts();
  let file: OpenFile | undefined;
  try {
    file = source.open(join(folder, path));
    read(file, facts);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const code = file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut';
    sink.issue(issue('error', code, { reason: reasonOf(error) }, { path }));
  } finally {
    file?.close();
  }
  const { damaged, firstDamaged, declared, pictures } = facts;
  if (damaged > 0) {
    const place = { path, line: firstDamaged, count: damaged };
    sink.issue(issue('error', 'dataset/lines-damaged', {}, place));
  } else if (declared !== null && declared !== pictures) {
    const detail = `${String(pictures)} / ${String(declared)}`;
    sink.issue(issue('error', 'dataset/rows-damaged', { detail }, { path }));
  }
};

const splitsOf = (
  source: FileSource,
  { folder, partition }: CelebaFiles,
  sink: IndexSink,
): ReadonlyMap<string, string> => {
  const splits = new Map<string, string>();
  if (partition !== null)
    guarded(source, folder, partition, sink, (file, facts) =>
      readNumbers(
        file,
        facts,
        () => sink.tick(0),
        (picture, part) => splits.set(picture, parts[Number(part)] ?? noSplit),
      ),
    );
  return splits;
};

const index: DatasetFormat['index'] = (source, root, { labelColumn }, sink) => {
  const files = findCeleba(source, root);
  const { folder } = files;
  const columns = [
    ...(files.attributes === null ? [] : [attributes]),
    ...(files.identity === null ? [] : [identity]),
  ];
  const chosen = labelColumn ?? columns[0] ?? attributes;
  const path = chosen === identity ? files.identity : files.attributes;
  if (labelColumn !== undefined && !columns.includes(labelColumn))
    throw new LongtailError('dataset/column-missing', {
      path: files.attributes ?? files.identity ?? root,
      column: labelColumn,
      columns,
    });
  const task = chosen === identity ? 'single-label' : 'multi-label';
  sink.describe({ task, modality: 'image' });
  if (path === null) return;
  const others = columns.filter((column) => column !== chosen);
  if (others.length > 0) sink.issue(issue('info', 'dataset/label-sets', { chosen, others }));
  const splits = splitsOf(source, files, sink);
  const base = pictureBase(source, folder, files.names, (name) => /^img/i.test(name));
  const outside = new OutsideNames();
  const put = (picture: string, labels: readonly string[], offset: number): void => {
    const place = filePlace('', picture) === null ? null : filePlace(base ?? '', picture);
    if (place === null) outside.note(picture);
    const container = sink.container(place?.folder ?? path);
    const split = sink.splitId(splits.get(picture) ?? noSplit);
    const ids = labels.map((name) => sink.classId(name));
    sink.sample(ids, split, container, place?.name ?? '', place === null ? offset : 0, 0);
  };
  guarded(source, folder, path, sink, (file, facts) => {
    const share = (done: number): void => sink.share(done);
    if (chosen === attributes) {
      const classNames = readAttributes(file, facts, share, (picture, set, names, offset) =>
        put(
          picture,
          set.map((at) => names[at] ?? ''),
          offset,
        ),
      );
      sink.describe({ task, modality: 'image', classNames });
      return;
    }
    const persons = new Set<string>();
    readNumbers(file, facts, share, (picture, person, offset) => {
      persons.add(person);
      put(picture, [person], offset);
    });
    sink.describe({ task, modality: 'image', classNames: classOrder([...persons]) });
  });
  outside.report(sink, path);
  if (base === null) sink.issue(issue('warning', 'dataset/listed-not-found', {}, { path }));
};

/**
 * CelebA: forty attributes a picture (`attributes`), or the number of the person as label column
 * `identity`; splits of `list_eval_partition.txt`.
 */
export const celebA: DatasetFormat = {
  id: 'celeba',
  detect: (source, root) => {
    const files = findCeleba(source, root);
    const path = files.attributes ?? files.identity;
    if (path === null) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path })];
    return { format: 'celeba', confidence: 0.97, evidence };
  },
  index,
  openSamples: openPictures,
};
