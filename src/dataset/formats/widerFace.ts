import { LongtailError } from '../../common/errors';
import { isSystemError, issue, reasonOf } from '../issues';
import { knownSplit } from '../splitNames';
import type { DatasetFormat, FileSource, IndexSink, OpenFile } from '../types';
import { join } from './folders';
import { insidePath } from './listFile/insidePath';
import { openPictures } from './labelme/annotations';
import { classOrder } from './records/classOrder';
import { filePlace } from './records/filePlace';
import { OutsideNames } from './records/outside';
import { pictureBase } from './records/pictureBase';
import { findFaceLists } from './widerFace/files';
import type { FaceList } from './widerFace/files';
import { noFacts, readFaces } from './widerFace/read';
import type { FacePicture } from './widerFace/read';

const [face, event] = ['face', 'event'];

/** The event of a picture: the folder it lies in, as "0--Parade"; '' for none. */
const eventOf = (name: string): string => insidePath(name)?.split('/').at(-2) ?? '';

/** Hands the pictures of one list to the sink. */
class FacesOut {
  readonly classes = new Set<string>();
  private readonly outside = new OutsideNames();

  constructor(
    private readonly sink: IndexSink,
    private readonly list: FaceList,
    private readonly base: string | null,
    readonly byEvent: boolean,
  ) {}

  put({ name, offset, areas }: FacePicture): void {
    const { sink, list } = this;
    const place = filePlace(this.base ?? '', name);
    const isInside = place !== null && insidePath(name) !== null;
    if (!isInside) this.outside.note(name);
    const label = this.byEvent ? eventOf(name) : face;
    const names = this.byEvent ? [label].filter((each) => each !== '') : areas.map(() => face);
    for (const each of names) this.classes.add(each);
    const ids = names.map((each) => sink.classId(each));
    const container = sink.container(isInside ? place.folder : list.path);
    const split = sink.splitId(list.split);
    const [own, at] = isInside ? [place.name, 0] : ['', offset];
    sink.sample(ids, split, container, own, at, 0, 0, this.byEvent ? undefined : areas);
  }

  report(): void {
    this.outside.report(this.sink, this.list.path);
  }
}

const indexList = (
  source: FileSource,
  folder: string,
  list: FaceList,
  out: FacesOut,
  sink: IndexSink,
  part: (share: number) => void,
): void => {
  const { path } = list;
  const facts = noFacts();
  let file: OpenFile | undefined;
  try {
    file = source.open(join(folder, path));
    readFaces(file, facts, (picture) => out.put(picture), part);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const code = file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut';
    sink.issue(issue('error', code, { reason: reasonOf(error) }, { path }));
  } finally {
    file?.close();
  }
  const { damaged, firstDamaged, differing, invalid } = facts;
  if (damaged > 0) {
    const place = { path, line: firstDamaged, count: damaged };
    sink.issue(issue('error', 'dataset/lines-damaged', {}, place));
  }
  if (differing > 0)
    sink.issue(issue('warning', 'dataset/box-counts-differ', {}, { path, count: differing }));
  if (invalid > 0 && !out.byEvent)
    sink.issue(issue('info', 'dataset/boxes-invalid', {}, { path, count: invalid }));
  out.report();
};

/**
 * WIDER FACE: lists of pictures with their boxes. All objects are faces (`face`); as label column
 * `event` makes the folder of a picture its class instead.
 */
export const widerFace: DatasetFormat = {
  id: 'wider-face',
  detect: (source, root) => {
    const [first] = findFaceLists(source, root).lists;
    if (first === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first.path })];
    return { format: 'wider-face', confidence: 0.96, evidence };
  },
  index: (source, root, { labelColumn }, sink) => {
    const { folder, lists } = findFaceLists(source, root);
    const path = lists[0]?.path ?? '';
    const columns = [face, event];
    if (labelColumn !== undefined && !columns.includes(labelColumn))
      throw new LongtailError('dataset/column-missing', { path, column: labelColumn, columns });
    const byEvent = labelColumn === event;
    const [chosen, other] = byEvent ? [event, face] : [face, event];
    sink.issue(issue('info', 'dataset/label-sets', { chosen, others: [other] }));
    const task = byEvent ? 'single-label' : 'detection';
    sink.describe({ task, modality: 'image' });
    const classes = new Set<string>();
    lists.forEach((list, done) => {
      const likely = (name: string): boolean => knownSplit(name) === list.split;
      const base = pictureBase(source, folder, list.names, likely);
      const out = new FacesOut(sink, list, base, byEvent);
      indexList(source, folder, list, out, sink, (share) =>
        sink.share((done + share) / lists.length),
      );
      for (const name of out.classes) classes.add(name);
      if (base === null)
        sink.issue(issue('warning', 'dataset/listed-not-found', {}, { path: list.path }));
    });
    sink.describe({ task, modality: 'image', classNames: classOrder([...classes]) });
  },
  openSamples: openPictures,
};
