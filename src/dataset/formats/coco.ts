import { openBytes } from '../bytes/openBytes';
import { issue, issueOfMany, reasonOf } from '../issues';
import { JsonDamage } from '../json/jsonScanner';
import type { AreaClass, DatasetFormat, FileSource, IndexSink } from '../types';
import { findCoco, findPictures } from './coco/files';
import type { CocoPath } from './coco/files';
import { areaAt, CocoFile, readCoco } from './coco/read';
import { folderOf, join, rootFolder } from './folders';
import { insidePath } from './listFile/insidePath';
import { readImageFile } from './openFileSample';
import { filePlace } from './records/filePlace';
import { OutsideNames } from './records/outside';

const readFile = (
  source: FileSource,
  folder: string,
  path: string,
  sink: IndexSink,
  share: (done: number) => void,
): CocoFile => {
  const read = new CocoFile();
  try {
    const file = openBytes(source, join(folder, path));
    try {
      readCoco(file, read, (offset) => share(offset / file.size));
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof JsonDamage)
      sink.issue(issue('error', 'dataset/rows-damaged', { detail: error.message }, { path }));
    else if (error instanceof Error && 'code' in error)
      sink.issue(issue('error', 'dataset/file-unreadable', { reason: reasonOf(error) }, { path }));
    else throw error;
  }
  return read;
};

/** Ids that occur again: COCO's tools keep one of them, the objects are counted all the same. */
const repeats = (ids: Float64Array): number => {
  let isSorted = true;
  for (let i = 1; i < ids.length && isSorted; i++) isSorted = (ids[i] ?? 0) >= (ids[i - 1] ?? 0);
  if (!isSorted) ids.sort();
  let count = 0;
  for (let i = 1; i < ids.length; i++) if (ids[i] === ids[i - 1]) count++;
  return count;
};

/** Order of objects by image: `order[start[i]] … order[start[i + 1] - 1]` are those of image i. */
const byImage = (
  images: Int32Array,
  count: number,
): { readonly start: Uint32Array; readonly order: Uint32Array } => {
  const start = new Uint32Array(count + 1);
  for (const image of images) if (image >= 0) start[image + 1] = (start[image + 1] ?? 0) + 1;
  for (let i = 0; i < count; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
  const next = start.slice();
  const order = new Uint32Array(start[count] ?? 0);
  for (let at = 0; at < images.length; at++) {
    const image = images[at] ?? -1;
    if (image < 0) continue;
    const to = next[image] ?? 0;
    order[to] = at;
    next[image] = to + 1;
  }
  return { start, order };
};

/** Classes of the categories; a parent that Roboflow adds at 0 and nothing uses is none. */
const classesOf = (read: CocoFile): { names: string[]; unknown: string[]; parents: string[] } => {
  const used = new Uint8Array(read.categoryIds.list.length);
  for (const category of read.category.all) used[category] = 1;
  const named = new Set(read.categories.map((category) => category?.parent));
  const names: string[] = [];
  const unknown: string[] = [];
  const parents: string[] = [];
  read.declared.forEach((place) => {
    const category = read.categories[place];
    if (category === undefined) return;
    const isParent = category.parent === 'none' && named.has(category.name) && used[place] === 0;
    if (isParent && read.categoryIds.list[place] === 0) parents.push(category.name);
    else names.push(category.name);
  });
  read.categoryIds.list.forEach((id, place) => {
    if (read.categories[place] === undefined) unknown.push(String(id));
  });
  return { names, unknown, parents };
};

/** Categories whose frequency does not fit their images: LVIS says r to 10, c to 100, f above. */
const wrongFrequencies = (read: CocoFile, start: Uint32Array, order: Uint32Array): string[] => {
  if (!read.categories.some((category) => category?.frequency != null)) return [];
  const images = new Uint32Array(read.categoryIds.list.length);
  const last = new Int32Array(images.length).fill(-1);
  const categories = read.category.all;
  for (let image = 0; image + 1 < start.length; image++)
    for (let at = start[image] ?? 0; at < (start[image + 1] ?? 0); at++) {
      const category = categories[order[at] ?? 0] ?? 0;
      if (last[category] !== image) images[category] = (images[category] ?? 0) + 1;
      last[category] = image;
    }
  return read.categories.flatMap((category, place) => {
    const count = images[place] ?? 0;
    const said = category?.frequency ?? null;
    if (category === undefined || said === null) return [];
    return said === (count <= 10 ? 'r' : count <= 100 ? 'c' : 'f') ? [] : [category.name];
  });
};

interface ReadFile {
  readonly file: CocoPath;
  readonly read: CocoFile;
}

const report = ({ file: { path }, read }: ReadFile, sink: IndexSink): void => {
  const say = (severity: 'info' | 'warning', code: string, count: number): void => {
    if (count > 0) sink.issue(issue(severity, code, {}, { path, count }));
  };
  say('info', 'dataset/coco-crowds', read.crowds);
  say('warning', 'dataset/coco-incomplete', read.incomplete);
  say(
    'warning',
    'dataset/coco-repeated-ids',
    repeats(read.annotationIds.all) + read.repeatedImages,
  );
  if (read.captions > 0 && read.category.length === 0)
    sink.issue(issue('error', 'dataset/coco-captions', {}, { path }));
};

const write = (
  source: FileSource,
  folder: string,
  { file, read }: ReadFile,
  isMultiLabel: boolean,
  hasObjects: boolean,
  sink: IndexSink,
): void => {
  const { path } = file;
  const images = read.imageIds.list.length;
  const { start, order } = byImage(read.image.all, images);
  const wrong = file.split === 'train' ? wrongFrequencies(read, start, order) : [];
  if (wrong.length > 0) sink.issue(issueOfMany('info', 'dataset/coco-frequency', wrong, { path }));
  const names = read.files.flatMap((name) => insidePath(name ?? '') ?? []).slice(0, 4096);
  const place = findPictures(source, folder, file, names);
  if (place === null && names.length > 0)
    sink.issue(issue('warning', 'dataset/listed-not-found', {}, { path }));
  const base = place ?? folderOf(path);
  const ids = read.categoryIds.list.map((id, at) => {
    const category = read.categories[at];
    return { name: category?.name ?? String(id), known: -1 };
  });
  const classOf = (category: number): number => {
    const found = ids[category];
    if (found === undefined) return 0;
    if (found.known < 0) found.known = sink.classId(found.name);
    return found.known;
  };
  const split = sink.splitId(file.split);
  const outside = new OutsideNames();
  const categories = read.category.all;
  const areas = read.area.all;
  let orphans = 0;
  const labels: number[] = [];
  const sizes: AreaClass[] = [];
  for (let image = 0; image < images; image++) {
    const name = read.files[image];
    const [from, to] = [start[image] ?? 0, start[image + 1] ?? 0];
    if (name === undefined) {
      orphans += to - from;
      continue;
    }
    const found = filePlace(base, name);
    if (found === null) outside.note(name);
    labels.length = 0;
    sizes.length = 0;
    for (let at = from; at < to; at++) {
      const label = classOf(categories[order[at] ?? 0] ?? 0);
      if (!hasObjects && labels.includes(label)) continue;
      labels.push(label);
      sizes.push(areaAt(areas, order[at] ?? 0));
    }
    if (!hasObjects && !isMultiLabel) labels.length = Math.min(1, labels.length);
    const container = sink.container(found === null ? path : found.folder);
    sink.sample(labels, split, container, found?.name ?? '', 0, 0, 0, sizes);
  }
  outside.report(sink, path);
  if (orphans > 0)
    sink.issue(issue('warning', 'dataset/coco-no-image', {}, { path, count: orphans }));
};

/** Whether some image has objects of two categories. */
const hasSeveral = ({ read }: ReadFile): boolean => {
  const first = new Int32Array(read.imageIds.list.length).fill(-1);
  const categories = read.category.all;
  return read.image.all.some((image, at) => {
    const category = categories[at] ?? 0;
    if ((first[image] ?? 0) < 0) first[image] = category;
    return first[image] !== category;
  });
};

const index: DatasetFormat['index'] = (source, root, _options, sink) => {
  const { folder, files, others } = findCoco(source, root);
  sink.describe({ task: 'detection', modality: 'image' });
  if (others.length > 0) {
    const chosen = files.map(({ path }) => path).join(', ');
    sink.issue(issueOfMany('info', 'dataset/several-sets', others, { chosen }));
  }
  const all = files.map((file, done): ReadFile => {
    const share = (part: number): void => sink.share((done + part) / files.length);
    const read = readFile(source, folder, file.path, sink, share);
    report({ file, read }, sink);
    return { file, read };
  });
  const [boxes, masks] = [
    all.some(({ read }) => read.boxes > 0),
    all.some(({ read }) => read.masks > 0),
  ];
  const hasObjects = boxes || masks || all.every(({ read }) => read.category.length === 0);
  const isMultiLabel = all.some(hasSeveral);
  const classes = all.map(({ read }) => classesOf(read));
  const names = [...new Set(classes.flatMap((each) => each.names))];
  const task = hasObjects
    ? masks && !boxes
      ? 'segmentation'
      : 'detection'
    : isMultiLabel
      ? 'multi-label'
      : 'single-label';
  sink.describe({ task, modality: 'image', classNames: names });
  const unknown = [...new Set(classes.flatMap((each) => each.unknown))];
  if (unknown.length > 0) sink.issue(issueOfMany('warning', 'dataset/ids-without-name', unknown));
  const parents = [...new Set(classes.flatMap((each) => each.parents))];
  if (parents.length > 0) sink.issue(issueOfMany('info', 'dataset/coco-parent', parents));
  for (const each of all) write(source, folder, each, isMultiLabel, hasObjects, sink);
};

/**
 * COCO, LVIS and iNaturalist JSON, also the panoptic kind and a file a folder as Roboflow exports.
 * Without boxes and masks the categories are labels of pictures. Crowd regions are no objects, as
 * in training with them, and are told apart.
 */
export const coco: DatasetFormat = {
  id: 'coco',
  detect: (source, root) => {
    const [first] = findCoco(source, root).files;
    if (first === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first.path })];
    return { format: 'coco', confidence: 0.95, evidence };
  },
  index,
  openSamples: (source, root) => {
    const { folder } = rootFolder(source, root);
    return {
      readSample: ({ path }) => readImageFile(source, join(folder, path)),
      close: () => undefined,
    };
  },
};
