import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import { knownSplit, noSplit } from '../splitNames';
import type { DatasetFormat, FileSource } from '../types';
import { baseName, folderOf, isImageName, join, listFolder, rootFolder } from './folders';
import { readImageFile } from './openFileSample';
import { OutsideNames } from './records/outside';
import { LabelScan } from './yolo/labelScan';
import { findConfig, namesOfLines } from './yolo/config';
import type { YoloConfig } from './yolo/config';
import {
  bare,
  classFiles,
  filesIn,
  kindAt,
  labelFolderOf,
  listedPictures,
  placeOf,
  walkPictures,
} from './yolo/places';
import { RowReader } from './yolo/rows';

/** Pictures of a list that are gathered where they lie in one folder. */
const listedAtOnce = 4096;
const isNoLabel = (name: string): boolean =>
  classFiles.test(name) || /^(readme.*|train|valid?|test|notes?|licen[cs]e)\.txt$/i.test(name);
/** Folders of pictures of a dataset without description, with their splits. */
const plainFolders = (source: FileSource, folder: string): readonly string[] => {
  const top = listFolder(source, folder);
  const found = top.folders.filter((name) => name === 'images' && top.folders.includes('labels'));
  for (const name of top.folders.filter((each) => knownSplit(each) !== null))
    if (kindAt(source, join(folder, name, 'labels')) === 'folder') found.push(join(name, 'images'));
  return found.length > 0 ? found : [''];
};

/** Names by number of a dataset without description: a file of them above or beside the labels. */
const plainNames = (source: FileSource, folder: string, pictures: readonly string[]) => {
  for (const place of ['', 'labels', ...pictures.map(labelFolderOf), ...pictures]) {
    const file = filesIn(source, join(folder, place)).find((name) => classFiles.test(name));
    if (file === undefined) continue;
    const path = join(place, file);
    return { path, names: namesOfLines(source.readText(join(folder, path), 1024 * 1024)) };
  }
  return null;
};

/** The first label file below a folder of labels whose rows are such. */
const someLabels = (source: FileSource, folder: string, pictures: string): string | null => {
  const place = labelFolderOf(pictures);
  let folders: readonly string[] = [];
  try {
    folders = listFolder(source, join(folder, place)).folders;
  } catch {
    return null;
  }
  for (const inside of [place, ...folders.slice(0, 4).map((name) => join(place, name))]) {
    const texts = filesIn(source, join(folder, inside)).filter(
      (name) => name.endsWith('.txt') && !isNoLabel(name),
    );
    for (const name of texts.slice(0, 8)) {
      const rows = new RowReader({ keyPointNumbers: 0 });
      const head = Buffer.from(source.readText(join(folder, inside, name), 64 * 1024));
      rows.read(head, head.length);
      if (rows.ids.length > 0 && rows.badLine === 0) return join(inside, name);
      if (rows.badLine > 0) return null;
    }
  }
  return null;
};

const noConfig = { file: null, base: '', keyPointNumbers: 0, task: '' } as const;

/** The description, or what stands for it in a plain folder. */
const configOf = (source: FileSource, root: string, folder: string): YoloConfig => {
  const found = findConfig(source, root);
  if (found !== null) {
    if (found.names.size > 0) return found;
    return { ...found, names: plainNames(source, folder, [])?.names ?? found.names };
  }
  const places = plainFolders(source, folder);
  const sets = places.map((place) => ({ split: '', places: [place] }));
  const names = plainNames(source, folder, places)?.names ?? new Map<number, string>();
  return { ...noConfig, sets, names };
};

const index: DatasetFormat['index'] = (source, root, _options, sink) => {
  const { folder } = rootFolder(source, root);
  const config = configOf(source, root, folder);
  const scan = new LabelScan(source, folder, config, sink);
  const declared = [...config.names].sort(([a], [b]) => a - b).map(([, name]) => name);
  sink.describe({ task: 'detection', modality: 'image', classNames: declared });
  const from = folderOf(config.file ?? '');
  const missing: string[] = [];
  const again: string[] = [];
  const seen = new Set<string>();
  let pictureless = 0;
  const readList = (list: string, split: string): void => {
    const outside = new OutsideNames();
    let place = '';
    let names: string[] = [];
    const flush = (): void => {
      if (names.length > 0) scan.pictures(place, names, sink.container(place), sink.splitId(split));
      names = [];
    };
    try {
      for (const path of listedPictures(source, folder, list, (line) => outside.note(line))) {
        const own = folderOf(path);
        if (own !== place || names.length === listedAtOnce) flush();
        place = own;
        names.push(baseName(path));
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const reason = reasonOf(error);
      sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: list }));
    }
    flush();
    outside.report(sink, list);
  };
  const readFolder = (place: string, split: string): void => {
    let found = 0;
    for (const pictures of walkPictures(source, folder, place)) {
      if (seen.has(pictures.folder)) {
        again.push(pictures.folder);
        found++;
        continue;
      }
      seen.add(pictures.folder);
      const named =
        split === '' ? (pictures.split ?? knownSplit(place.split('/')[0] ?? '')) : split;
      const splitId = sink.splitId(named ?? noSplit);
      const container = sink.container(pictures.folder);
      scan.pictures(pictures.folder, pictures.names, container, splitId);
      found += pictures.names.length;
    }
    if (found > 0 || seen.has(place)) return;
    // Labels without their pictures are counted all the same.
    seen.add(place);
    const splitId = sink.splitId(
      split === '' ? (knownSplit(place.split('/')[0] ?? '') ?? noSplit) : split,
    );
    const container = sink.container(place);
    const texts = scan.labelsOf(place).list.filter((text) => !isNoLabel(text));
    pictureless += texts.length;
    const names = texts.map((text) => `${bare(text)}.jpg`);
    scan.pictures(place, names, container, splitId);
  };
  config.sets.forEach(({ split, places }, at) => {
    for (const named of places) {
      const place =
        config.file === null ? named : placeOf(source, folder, from, config.base, named);
      if (place === null) missing.push(named);
      else if (kindAt(source, join(folder, place)) !== 'file') readFolder(place, split);
      else if (seen.has(place)) again.push(place);
      else {
        seen.add(place);
        readList(place, split);
      }
    }
    sink.share((at + 1) / config.sets.length);
  });
  const path = config.file ?? 'labels';
  if (missing.length > 0)
    sink.issue(issueOfMany('warning', 'dataset/yolo-places', missing, { path }));
  if (again.length > 0) sink.issue(issueOfMany('info', 'dataset/folder-again', again));
  if (pictureless > 0)
    sink.issue(issue('warning', 'dataset/files-missing', {}, { path, count: pictureless }));
  if (scan.report())
    sink.describe({ task: 'segmentation', modality: 'image', classNames: declared });
};

/**
 * YOLO, as Ultralytics, Roboflow and Darknet keep it: a text file a picture with an object a row,
 * `labels` beside `images`, described by `data.yaml`, `obj.data` or `classes.txt`. The `download`
 * key is never followed and `.cache` files, which are pickles, are never read.
 */
export const yolo: DatasetFormat = {
  id: 'yolo',
  detect: (source, root) => {
    const { folder, only } = rootFolder(source, root);
    const config = findConfig(source, root);
    if (config?.file != null) {
      const { file, base } = config;
      const from = folderOf(file);
      const isThere = config.sets.some(({ places }) =>
        places.some((place) => placeOf(source, folder, from, base, place) !== null),
      );
      const evidence = [issue('info', 'dataset/evidence-file', {}, { path: file })];
      return { format: 'yolo', confidence: isThere ? 0.95 : 0.6, evidence };
    }
    if (only !== null) return null;
    const places = plainFolders(source, folder);
    const files = filesIn(source, folder);
    const isBeside = places[0] === '';
    if (isBeside && !(files.some((name) => classFiles.test(name)) && files.some(isImageName)))
      return null;
    for (const place of places) {
      const path = someLabels(source, folder, place);
      if (path === null) continue;
      const evidence = [issue('info', 'dataset/evidence-file', {}, { path })];
      return { format: 'yolo', confidence: isBeside ? 0.8 : 0.9, evidence };
    }
    return null;
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
