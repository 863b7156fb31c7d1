import { LongtailError } from '../../common/errors';
import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import { JsonDamage } from '../json/jsonScanner';
import type { DatasetFormat, FileSource, IndexSink, OpenFile } from '../types';
import { findDatumaro } from './datumaro/files';
import type { DatumaroPath } from './datumaro/files';
import { lookAtDatumaro, noFacts, readDatumaro } from './datumaro/read';
import type { DatumaroFacts, DatumaroItem, LabelSet } from './datumaro/read';
import { isImageName, join } from './folders';
import { openPictures, Pictures } from './labelme/annotations';
import { filePlace } from './records/filePlace';
import type { FilePlace } from './records/filePlace';
import { OutsideNames } from './records/outside';

const endings = ['.jpg', '.png', '.jpeg', '.JPG', '.bmp'];
const itemsPerPart = 1024;

/** Opens a file for `read`; damage and failures of the disk become `found`'s. */
const guarded = (
  source: FileSource,
  path: string,
  read: (file: OpenFile) => void,
  found: (code: string, params: Readonly<Record<string, string>>) => void,
): void => {
  let file: OpenFile | undefined;
  try {
    file = openBytes(source, path);
    read(file);
  } catch (error) {
    if (error instanceof JsonDamage) found('dataset/rows-damaged', { detail: error.message });
    else if (isSystemError(error))
      found(file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut', {
        reason: reasonOf(error),
      });
    else throw error;
  } finally {
    file?.close();
  }
};

/** Where the picture of an item may lie, the likeliest first; null where that leads out. */
const placesOf = (item: DatumaroItem, subset: string): readonly (FilePlace | null)[] => {
  const names =
    item.path === null && !isImageName(item.id)
      ? endings.map((ending) => item.id + ending)
      : [item.path ?? item.id];
  return names.flatMap((name) =>
    [join('images', subset), 'images', ''].map((base) => filePlace('', join(base, name))),
  );
};

/** Hands the items of one file to the sink; ids of labels without a name are noted. */
class ItemsOut {
  several = false;
  readonly unnamed = new Set<string>();
  private missing = 0;
  private readonly outside = new OutsideNames();
  private readonly split: number;

  constructor(
    private readonly sink: IndexSink,
    private readonly file: DatumaroPath,
    private readonly names: readonly string[],
    private readonly pictures: Pictures,
  ) {
    this.split = sink.splitId(file.split);
  }

  put(item: DatumaroItem): void {
    const { sink, file } = this;
    const places = placesOf(item, file.subset);
    const place = places.find((each) => each !== null && this.pictures.has(each)) ?? null;
    // The name alone: with a folder before it, "../" may still lead inside.
    const alone = places[places.length - 1] ?? null;
    if (alone === null) this.outside.note(item.path ?? item.id);
    else if (place === null) this.missing++;
    const isThere = alone !== null && place !== null;
    const container = sink.container(isThere ? place.folder : file.path);
    const ids = item.labels.map((id) => sink.classId(this.nameOf(id)));
    this.several ||= ids.length > 1;
    const [name, offset] = isThere ? [place.name, 0] : ['', item.offset];
    sink.sample(ids, this.split, container, name, offset, 0, 0, item.areas);
  }

  private nameOf(id: number | string): string {
    const name = typeof id === 'number' ? this.names[id] : undefined;
    if (name === undefined) this.unnamed.add(String(id));
    return name ?? String(id);
  }

  report(facts: DatumaroFacts): void {
    const { sink } = this;
    const { path } = this.file;
    const say = (severity: 'info' | 'warning', code: string, count: number): void => {
      if (count > 0) sink.issue(issue(severity, code, {}, { path, count }));
    };
    say('info', 'dataset/coco-crowds', facts.crowds);
    say('warning', 'dataset/coco-incomplete', facts.incomplete);
    say('warning', 'dataset/files-missing', this.missing);
    this.outside.report(sink, path);
  }
}

const index: DatasetFormat['index'] = (source, root, { labelColumn }, sink) => {
  const { folder, files } = findDatumaro(source, root);
  const looked = files.map(({ path }) => {
    const facts = noFacts();
    // What is damaged is told when the items are read.
    const later = (): void => undefined;
    guarded(source, join(folder, path), (file) => lookAtDatumaro(file, facts), later);
    return facts;
  });
  if (labelColumn !== undefined && labelColumn !== 'objects' && labelColumn !== 'labels')
    throw new LongtailError('dataset/column-missing', {
      path: files[0]?.path ?? '',
      column: labelColumn,
      columns: ['objects', 'labels'],
    });
  const anyObjects = looked.some(({ hasObjects }) => hasObjects);
  const anyLabels = looked.some(({ hasLabels }) => hasLabels);
  const chosen: LabelSet = labelColumn ?? (anyObjects || !anyLabels ? 'objects' : 'labels');
  const pictures = new Pictures(source, folder);
  const all = noFacts();
  const unnamed = new Set<string>();
  const several = files.map((file, done) => {
    const { path } = file;
    const names = looked[done]?.names ?? [];
    const out = new ItemsOut(sink, file, names, pictures);
    const facts = noFacts();
    let items = 0;
    const read = (bytes: OpenFile): void =>
      readDatumaro(bytes, chosen, facts, (item) => {
        out.put(item);
        if (++items % itemsPerPart === 0)
          sink.share((done + item.offset / bytes.size) / files.length);
      });
    guarded(source, join(folder, path), read, (code, params) =>
      sink.issue(issue('error', code, params, { path })),
    );
    out.report(facts);
    for (const name of names) all.names.push(name);
    for (const id of out.unnamed) unnamed.add(id);
    all.hasObjects ||= facts.hasObjects;
    all.hasLabels ||= facts.hasLabels;
    all.hasOutlines ||= facts.hasOutlines;
    return out.several;
  });
  if (all.hasObjects && all.hasLabels) {
    const others = [chosen === 'objects' ? 'labels' : 'objects'];
    sink.issue(issue('info', 'dataset/label-sets', { chosen, others }));
  }
  if (unnamed.size > 0)
    sink.issue(issueOfMany('info', 'dataset/ids-without-name', [...unnamed].sort()));
  const ofPicture = several.includes(true) ? 'multi-label' : 'single-label';
  const ofObjects = all.hasOutlines ? 'segmentation' : 'detection';
  sink.describe({
    task: chosen === 'objects' ? ofObjects : ofPicture,
    modality: 'image',
    classNames: [...new Set(all.names)],
  });
};

/**
 * Datumaro's JSON, a file a subset. Objects are read, or the labels of whole pictures where there
 * are no objects or `labels` is named as label column.
 */
export const datumaro: DatasetFormat = {
  id: 'datumaro',
  detect: (source, root) => {
    const [first] = findDatumaro(source, root).files;
    if (first === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first.path })];
    return { format: 'datumaro', confidence: 0.94, evidence };
  },
  index,
  openSamples: openPictures,
};
