import { LineReader } from '../../bytes/lineReader';
import { knownSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { folderOf, isImageName, join, listFolder, sift } from '../folders';
import { insidePath } from '../listFile/insidePath';

const maxDepth = 8;

/** Names of files that say what the classes are called. */
export const classFiles = /^(classes|_darknet|obj|_classes)\.(txt|names|labels)$/i;

/** A name without its last ending. */
export const bare = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
};

/** Files of a folder; none where it cannot be read. */
export const filesIn = (source: FileSource, path: string): readonly string[] => {
  try {
    return listFolder(source, path).files;
  } catch {
    return [];
  }
};

/** Folder of the labels of a folder of pictures: its last `images` becomes `labels`. */
export const labelFolderOf = (pictures: string): string => {
  const path = `/${pictures}/`;
  const at = path.lastIndexOf('/images/');
  if (at < 0) return pictures;
  return `${path.slice(0, at)}/labels/${path.slice(at + 8)}`.slice(1, -1);
};

/** What is at a path below the dataset's folder. */
export const kindAt = (source: FileSource, path: string): 'file' | 'folder' | 'none' => {
  try {
    const { kind } = source.stat(path);
    return kind === 'other' ? 'none' : kind;
  } catch {
    return 'none';
  }
};

/**
 * Where a place of the description is, below the dataset's folder: as `path` says, else beside the
 * description, also without the `../` that Roboflow writes before them. null where nothing is there.
 */
export const placeOf = (
  source: FileSource,
  folder: string,
  from: string,
  base: string,
  place: string,
): string | null => {
  const below = (path: string): string =>
    path === folder || path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
  const bare = (path: string): string => below(path.replaceAll('\\', '/')).replace(/\/+$/, '');
  const short = bare(place).replace(/^(\.\.?\/)+/, '');
  const tried = [
    join(from, bare(base), bare(place)),
    join(bare(base), bare(place)),
    join(from, bare(place)),
    join(from, short),
    short,
    // Darknet's and others' absolute paths: the end of them, where the dataset was moved.
    ...[2, 1].map((parts) => short.split('/').slice(-parts).join('/')),
  ];
  for (const path of tried) {
    const inside = path === '' || path === '.' ? '' : insidePath(path);
    if (inside === null) continue;
    const there = kindAt(source, join(folder, inside));
    if (there !== 'none') return inside;
    if (labelFolderOf(inside) !== inside)
      if (kindAt(source, join(folder, labelFolderOf(inside))) === 'folder') return inside;
  }
  return null;
};

/** Pictures of one folder below the dataset's, and the split that a folder on the way is named. */
export interface Pictures {
  readonly folder: string;
  readonly names: readonly string[];
  readonly split: string | null;
}

/** Folders of pictures in a folder and below; those without pictures are left out. */
export const walkPictures = function* (
  source: FileSource,
  root: string,
  folder: string,
  split: string | null = null,
  depth = 0,
): Generator<Pictures> {
  let found;
  try {
    found = listFolder(source, join(root, folder));
  } catch {
    return;
  }
  const names = sift(found.files, isImageName).kept;
  if (names.length > 0) yield { folder, names, split };
  if (depth === maxDepth) return;
  for (const name of found.folders)
    if (name !== 'labels')
      yield* walkPictures(source, root, join(folder, name), split ?? knownSplit(name), depth + 1);
};

/** Pictures named by a list, a path a line; `note` gets lines that lead out. */
export const listedPictures = function* (
  source: FileSource,
  root: string,
  list: string,
  note: (line: string) => void,
): Generator<string> {
  const file = source.open(join(root, list));
  try {
    const lines = new LineReader(file);
    const here = folderOf(list);
    let cut: { readonly before: string; readonly parts: number } | undefined;
    const placed = (path: string, before: string, parts: number): string =>
      join(before, parts === 0 ? path : path.split('/').slice(parts).join('/'));
    const isThere = (path: string): boolean =>
      kindAt(source, join(root, path)) === 'file' ||
      kindAt(
        source,
        join(
          root,
          labelFolderOf(folderOf(path)),
          path
            .slice(folderOf(path).length)
            .replace(/\.[^.]*$/, '.txt')
            .replace(/^\//, ''),
        ),
      ) === 'file';
    while (lines.read()) {
      const text = lines.bytes.toString('utf8', lines.start, lines.end).trim();
      if (text === '') continue;
      const inside = insidePath(
        text.replace(/^(\.\.?[\\/])+/, (up) => (up.includes('..') ? up : '')),
      );
      if (inside === null) {
        note(text);
        continue;
      }
      // Where the first that is there shows that paths start: other tools' folders are cut off.
      if (cut === undefined) {
        const depth = Math.min(inside.split('/').length, 2 * maxDepth);
        for (let parts = 0; parts < depth && cut === undefined; parts++)
          for (const before of [here, ''])
            if (cut === undefined && isThere(placed(inside, before, parts)))
              cut = { before, parts };
      }
      yield placed(inside, cut?.before ?? here, cut?.parts ?? 0);
    }
  } finally {
    file.close();
  }
};
