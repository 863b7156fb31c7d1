import { isSystemError } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { extensionOf, isImageName, join, listFolder, rootFolder } from '../folders';
import { parseLine } from './line';

/** One list and the split its name says. */
export interface ListFile {
  /** Below the dataset's folder. */
  readonly path: string;
  readonly split: string;
  /**
   * 'files': a path and a class a line. 'paths': a path a line, whose folder is the class. 'truth':
   * a class a line, for the pictures in name order.
   */
  readonly kind: 'files' | 'paths' | 'truth';
  /** Some of the paths it names. */
  readonly some: readonly string[];
}

const endings: ReadonlySet<string> = new Set(['txt', 'lst', 'list']);
/** Of the head, the middle and the end each. */
const headBytes = 8192;
const maxFiles = 200;
/** Folders with more are class folders. */
const maxFolders = 16;
const enough = 0.9;
const truthName = /truth|val.*label|label.*val|synset_labels/i;
const wordnetId = /^n\d{8}$/;

/** The folder that a listed file lies directly in; '' for none. */
export const classFolder = (path: string): string => path.split(/[/\\]/).at(-2) ?? '';

/** The split of a list by its name: "iNaturalist18_train.txt" is train. */
const splitOf = (name: string): string => knownSplit(name.replace(/\.[^.]*$/, '')) ?? noSplit;

/** Whole lines of the head and, as lists are often sorted by class, of the middle and the end. */
const someLines = (source: FileSource, path: string): readonly string[] => {
  const file = source.open(path);
  try {
    const { size } = file;
    const places = size <= headBytes ? [0] : [0, Math.floor(size / 2), size - headBytes];
    return places.flatMap((from, at) => {
      const bytes = file.read(from, headBytes);
      const rows = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        .toString('utf8')
        .split('\n');
      if (at > 0) rows.shift();
      if (from + bytes.length < size) rows.pop();
      return rows.map((line) => line.trim()).filter((line) => line !== '');
    });
  } finally {
    file.close();
  }
};

/** A picture before the last: pairs of pictures and masks, frames and frames. */
const isPair = (line: string): boolean => /\.\w{2,4}[\s,;]+\S/.test(line);

/** Whether lines are paths of pictures whose folders are classes: several, and no splits. */
const areClassPaths = (lines: readonly string[]): boolean => {
  const paths = lines.filter(
    (line) => isImageName(line) && /[^/\\][/\\]/.test(line) && !isPair(line),
  );
  if (paths.length < lines.length * enough) return false;
  const folders = new Set(paths.map(classFolder));
  return folders.size > 1 && [...folders].filter((name) => knownSplit(name) === null).length > 1;
};

const kindOf = (
  source: FileSource,
  folder: string,
  name: string,
): Omit<ListFile, 'path'> | null => {
  const lines = someLines(source, join(folder, name));
  if (lines.length === 0) return null;
  const paths = lines.flatMap((line) => {
    const row = Buffer.from(line);
    const found = parseLine(row, 0, row.length);
    return found === null ? [] : [row.toString('utf8', found.start, found.nameEnd)];
  });
  const split = splitOf(name);
  const files = paths.filter(isImageName);
  if (files.length >= lines.length * enough) return { split, kind: 'files', some: files };
  if (files.length === 0 && areClassPaths(lines)) return { split, kind: 'paths', some: lines };
  const isTruth = lines.every((line) => /^\d{1,9}$/.test(line) || wordnetId.test(line));
  return isTruth && truthName.test(name) ? { split, kind: 'truth', some: [] } : null;
};

const listsIn = (
  source: FileSource,
  folder: string,
  base: string,
  names: readonly string[],
): readonly ListFile[] => {
  const lists = names
    .filter((name) => endings.has(extensionOf(name)))
    .slice(0, maxFiles)
    .flatMap((name): ListFile[] => {
      try {
        const found = kindOf(source, join(folder, base), name);
        return found === null ? [] : [{ ...found, path: join(base, name) }];
      } catch (error) {
        if (isSystemError(error)) return [];
        throw error;
      }
    });
  const numbered = lists.filter(({ kind }) => kind === 'files');
  const files = numbered.length > 0 ? numbered : lists.filter(({ kind }) => kind === 'paths');
  // A list of everything beside the lists of its parts would count all twice.
  const parts = files.filter(({ split }) => split !== noSplit);
  if (parts.length > 0) return parts;
  return files.length > 0 ? files.slice(0, 1) : lists.slice(0, 1);
};

/** The lists of a dataset. */
export interface Lists {
  readonly folder: string;
  /** Folder below it that the lists lie in; '' for itself. */
  readonly base: string;
  readonly lists: readonly ListFile[];
  /** Other folders that hold lists, which are not read with these. */
  readonly elsewhere: readonly string[];
}

/** The lists of a path: a file, those directly in a folder, or in a folder directly in that. */
export const findLists = (source: FileSource, root: string): Lists => {
  const { folder, only } = rootFolder(source, root);
  const none = { folder, base: '', elsewhere: [] };
  if (only !== null) return { ...none, lists: listsIn(source, folder, '', [only]) };
  const top = listFolder(source, folder);
  const here = listsIn(source, folder, '', top.files);
  if (here.length > 0 || top.folders.length > maxFolders) return { ...none, lists: here };
  const found = top.folders.flatMap((base) => {
    const lists = listsIn(source, folder, base, listFolder(source, join(folder, base)).files);
    return lists.length > 0 ? [{ base, lists }] : [];
  });
  const [first, ...others] = found;
  return first === undefined
    ? { ...none, lists: [] }
    : { folder, ...first, elsewhere: others.map(({ base }) => base) };
};
