import { JsonItems } from '../bytes/jsonItems';
import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, reasonOf } from '../issues';
import { knownSplit, noSplit } from '../splitNames';
import type { AreaClass, DatasetFormat, FileSource, IndexSink, OpenFile } from '../types';
import { extensionOf, folderOf, join, rootFolder } from './folders';
import { isObject } from './jsonl/isObject';
import { openPictures } from './labelme/annotations';
import { areaClass } from './records/areas';
import { classOrder } from './records/classOrder';
import { filePlace } from './records/filePlace';
import { filesThere } from './records/filesThere';
import { OutsideNames } from './records/outside';
import { filesBelow } from './records/shards';

const maxFiles = 64;
const maxHead = 1 << 20;
const itemsPerPart = 1024;
const somePictures = 24;

interface Picture {
  readonly name: string;
  readonly labels: readonly string[];
  readonly areas: readonly AreaClass[];
}

/** An item of Create ML: a picture and its boxes, sizes in pixels; null for anything else. */
const pictureOf = (value: unknown): Picture | null => {
  if (!isObject(value) || !Array.isArray(value['annotations'])) return null;
  const name = value['image'] ?? value['imagefilename'];
  if (typeof name !== 'string' || name === '') return null;
  const objects = value['annotations'].flatMap((each: unknown) => {
    if (!isObject(each) || typeof each['label'] !== 'string') return [];
    const box = isObject(each['coordinates']) ? each['coordinates'] : {};
    const label = each['label'].trim();
    const area = areaClass(Number(box['width']) * Number(box['height']));
    return label === '' ? [] : [{ label, area }];
  });
  return {
    name,
    labels: objects.map(({ label }) => label),
    areas: objects.map(({ area }) => area),
  };
};

/** The first pictures of a file; none where it is no list of them. */
const firstOf = (source: FileSource, path: string): readonly Picture[] => {
  const file = openBytes(source, path);
  try {
    const items = new JsonItems(file, maxHead);
    const found: Picture[] = [];
    while (found.length < somePictures && items.read()) {
      const picture = items.isList ? pictureOf(items.value()) : null;
      if (picture === null) break;
      found.push(picture);
    }
    return found;
  } finally {
    file.close();
  }
};

/** Lists of pictures at a path: the root, or those in the folder and the folders below it. */
const findLists = (
  source: FileSource,
  root: string,
): { folder: string; lists: readonly { file: string; first: readonly Picture[] }[] } => {
  const { folder, only } = rootFolder(source, root);
  const isOne = (name: string): boolean => extensionOf(name) === 'json';
  const names = only === null ? filesBelow(source, folder, isOne, 1).slice(0, maxFiles) : [only];
  const lists = names.flatMap((file) => {
    try {
      const first = firstOf(source, join(folder, file));
      return first.length === 0 ? [] : [{ file, first }];
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return [];
    }
  });
  return { folder, lists };
};

const readList = (
  file: OpenFile,
  path: string,
  sink: IndexSink,
  classes: Set<string>,
  progress: (share: number) => void,
): void => {
  const items = new JsonItems(file);
  const outside = new OutsideNames();
  const split = sink.splitId(knownSplit(folderOf(path)) ?? knownSplit(path) ?? noSplit);
  let damaged = 0;
  for (let count = 1; items.read(); count++) {
    if (count % itemsPerPart === 0) progress(items.offset / file.size);
    const picture = pictureOf(items.value());
    if (picture === null) {
      damaged++;
      continue;
    }
    const place = filePlace(folderOf(path), picture.name);
    if (place === null) outside.note(picture.name);
    const ids = picture.labels.map((name) => {
      classes.add(name);
      return sink.classId(name);
    });
    const container = sink.container(place?.folder ?? path);
    const offset = place === null ? items.offset : 0;
    sink.sample(ids, split, container, place?.name ?? '', offset, 0, 0, picture.areas);
  }
  const detail = `byte ${String(items.offset)}`;
  if (items.isCut) sink.issue(issue('error', 'dataset/rows-damaged', { detail }, { path }));
  if (damaged > 0)
    sink.issue(issue('warning', 'dataset/items-damaged', {}, { path, count: damaged }));
  outside.report(sink, path);
};

/** Boxes as Create ML wants them, and Roboflow exports them: a list of pictures as JSON. */
export const createMl: DatasetFormat = {
  id: 'createml',
  detect: (source, root) => {
    const [first] = findLists(source, root).lists;
    if (first === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first.file })];
    return { format: 'createml', confidence: 0.9, evidence };
  },
  index: (source, root, _options, sink) => {
    const { folder, lists } = findLists(source, root);
    const classes = new Set<string>();
    lists.forEach(({ file: path, first }, done) => {
      let file: OpenFile | undefined;
      try {
        file = openBytes(source, join(folder, path));
        readList(file, path, sink, classes, (share) => sink.share((done + share) / lists.length));
      } catch (error) {
        if (!isSystemError(error)) throw error;
        const code = file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut';
        sink.issue(issue('error', code, { reason: reasonOf(error) }, { path }));
      } finally {
        file?.close();
      }
      const names = first.map(({ name }) => name);
      if (!filesThere(source, folder, folderOf(path), names))
        sink.issue(issue('warning', 'dataset/listed-not-found', {}, { path }));
    });
    const classNames = classOrder([...classes]);
    sink.describe({ task: 'detection', modality: 'image', classNames });
  },
  openSamples: openPictures,
};
