import { issue, issueOfMany, reasonOf } from '../issues';
import type { DatasetFormat, FileSource, IndexSink } from '../types';
import { baseName, folderOf, isImageName, join, listFolder, rootFolder } from './folders';
import { FolderNames, namesOfLists } from './listFile/classNames';
import { parseLine } from './listFile/line';
import { findLists } from './listFile/lists';
import type { ListFile, Lists } from './listFile/lists';
import { indexPaths } from './listFile/paths';
import { findPictureRoot } from './listFile/pictureRoot';
import { readList, reportOddities } from './listFile/read';
import { readImageFile } from './openFileSample';

const evidence = {
  files: 'dataset/evidence-list',
  paths: 'dataset/evidence-path-list',
  truth: 'dataset/evidence-list',
} as const;

const indexFiles = (source: FileSource, { folder, base, lists }: Lists, sink: IndexSink): void => {
  const readable: ListFile[] = [];
  const folders: FolderNames[] = [];
  const ids = new Set<number>();
  for (const list of lists) {
    const names = new FolderNames();
    try {
      readList(source, join(folder, list.path), sink, parseLine, (name, { label }) => {
        names.add(label, name);
        ids.add(label);
      });
      folders.push(names);
      readable.push(list);
    } catch (error) {
      const reason = reasonOf(error);
      sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: list.path }));
    }
  }
  const named = namesOfLists(folders);
  const order = [...ids].filter((id) => id >= 0).sort((a, b) => a - b);
  const nameOf = (id: number): string => named?.get(id) ?? String(id);
  sink.describe({ task: 'single-label', modality: 'image', classNames: order.map(nameOf) });
  const classIds = new Map(order.map((id) => [id, sink.classId(nameOf(id))]));
  const place = findPictureRoot(
    source,
    folder,
    base,
    lists.flatMap(({ some }) => some.slice(0, 40)),
  );
  if (place === null)
    sink.issue(issue('warning', 'dataset/listed-not-found', {}, { path: lists[0]?.path ?? '' }));
  readable.forEach(({ path: list, split: splitName }, done) => {
    const split = sink.splitId(splitName);
    const odd = readList(source, join(folder, list), sink, parseLine, (name, { label }) => {
      const id = classIds.get(label);
      const container = sink.container(join(place ?? '', folderOf(name)));
      sink.sample(id === undefined ? [] : [id], split, container, baseName(name), 0, 0);
    });
    reportOddities(odd, list, sink);
    sink.share((done + 1) / readable.length);
  });
};

/** Pictures in one folder: the one of the list, or the first in it that holds any. */
const flatPictures = (
  source: FileSource,
  folder: string,
  base: string,
): { in: string; names: readonly string[] } => {
  const { files, folders } = listFolder(source, join(folder, base));
  const here = files.filter(isImageName);
  if (here.length > 0) return { in: base, names: here };
  for (const name of folders) {
    const inside = listFolder(source, join(folder, base, name)).files.filter(isImageName);
    if (inside.length > 0) return { in: join(base, name), names: inside };
  }
  return { in: '', names: [] };
};

/** The n-th line is the class of the n-th picture by name, as ILSVRC's validation truth has it. */
const indexTruth = (
  source: FileSource,
  { folder, base }: Lists,
  list: ListFile,
  sink: IndexSink,
): void => {
  const lines = source
    .readText(join(folder, list.path))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const pictures = flatPictures(source, folder, base);
  const { names } = pictures;
  if (names.length > 0 && names.length !== lines.length)
    sink.issue(
      issue(
        'error',
        'dataset/list-counts-differ',
        { lines: lines.length, pictures: names.length },
        { path: list.path },
      ),
    );
  const classes = [...new Set(lines)];
  const isNumbers = classes.every((name) => /^\d+$/.test(name));
  if (isNumbers) classes.sort((a, b) => Number(a) - Number(b));
  else classes.sort();
  sink.describe({
    task: 'single-label',
    modality: names.length > 0 ? 'image' : 'none',
    classNames: classes,
  });
  const split = sink.splitId(list.split);
  const container = sink.container(names.length > 0 ? pictures.in : list.path);
  const count = names.length > 0 ? names.length : lines.length;
  for (let i = 0; i < count; i++) {
    const label = lines[i];
    const place = names[i] ?? '';
    sink.sample(
      label === undefined ? [] : [sink.classId(label)],
      split,
      container,
      place,
      place === '' ? i : 0,
      0,
    );
  }
};

/**
 * Lists of pictures: `path number` a line, as ImageNet-LT, Places-LT, iNaturalist and Caffe keep
 * them, a list a split; a path alone a line, whose folder is the class, as VGGFace2 has it; or a list
 * of classes for pictures in the order of their names. Numbered classes are named after their folders
 * where these tell.
 */
export const listFile: DatasetFormat = {
  id: 'list-file',
  detect: (source, root) => {
    const { lists } = findLists(source, root);
    const [first] = lists;
    if (first === undefined) return null;
    return {
      format: 'list-file',
      confidence: first.kind === 'files' ? 0.85 : first.kind === 'truth' ? 0.8 : 0.75,
      evidence: [issue('info', evidence[first.kind], {}, { path: first.path })],
    };
  },
  index: (source, root, _options, sink) => {
    const found = findLists(source, root);
    const [first] = found.lists;
    if (first === undefined) return;
    const { base: path, elsewhere } = found;
    if (elsewhere.length > 0)
      sink.issue(issueOfMany('warning', 'dataset/lists-elsewhere', elsewhere, { path }));
    if (first.kind === 'paths') indexPaths(source, found, sink);
    else if (first.kind === 'truth') indexTruth(source, found, first, sink);
    else indexFiles(source, found, sink);
  },
  openSamples: (source, root) => {
    const { folder } = rootFolder(source, root);
    return {
      readSample: ({ path }) => readImageFile(source, join(folder, path)),
      close: () => undefined,
    };
  },
};
