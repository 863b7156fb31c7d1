import { posix } from 'node:path';
import type { FileSource } from '../../types';
import { extensionOf, isImageName, join, listFolder } from '../folders';

/** How a path cell becomes a file: `folder/cell.extension`. */
export interface PictureRule {
  readonly folder: string;
  /** With its dot; '' where cells have one. */
  readonly extension: string;
}

const tried = 24;
const enough = 0.9;
const maxFolders = 40;
const extensions = ['.jpg', '.png', '.jpeg', '.JPG', '.PNG', '.webp', '.bmp', '.tif'];

/**
 * A path cell in the index's form: forward slashes, no "./", below the dataset's folder also where
 * it was written from the root of the disk. Null where it leads out of the dataset. A web address
 * is left as it is.
 */
const cleanPath = (cell: string, base: string): string | null => {
  const trimmed = cell.trim();
  let text = trimmed.includes('\\') ? trimmed.replaceAll('\\', '/') : trimmed;
  if (text.startsWith(`${base}/`)) text = text.slice(base.length + 1);
  if (text.includes('./') || text.includes('//') || text.startsWith('..'))
    text = /^[a-z]+:\/\//i.test(text) ? text : posix.normalize(text);
  return text.startsWith('/') || text === '..' || text.startsWith('../') ? null : text;
};

const exists = (source: FileSource, path: string): boolean => {
  try {
    return source.stat(path).kind === 'file';
  } catch {
    return false;
  }
};

const foldersIn = (source: FileSource, path: string): readonly string[] => {
  try {
    return listFolder(source, path).folders.slice(0, maxFolders);
  } catch {
    return [];
  }
};

/** The table's folder, those in it, then those one deeper: listed only when asked for. */
const placesBelow = function* (source: FileSource, base: string): Iterable<string> {
  yield '';
  const names = foldersIn(source, base);
  yield* names;
  for (const name of names)
    for (const deep of foldersIn(source, join(base, name))) yield join(name, deep);
};

/**
 * The folder (and extension, where cells have none) under which the named pictures are found, by
 * trying the table's folder and those below. Null when fewer than nine in ten are found anywhere.
 */
export const findPictures = (
  source: FileSource,
  base: string,
  cells: readonly string[],
): PictureRule | null => {
  const step = Math.max(1, Math.floor(cells.length / tried));
  const some = cells
    .filter((_, row) => row % step === 0)
    .slice(0, tried)
    .flatMap((cell) => cleanPath(cell, base) ?? []);
  if (some.length === 0) return null;
  const bare = some.filter(isImageName).length < some.length * enough;
  const endings = bare ? extensions : [''];
  const at = (folder: string, cell: string): string => join(base, folder, cell);
  for (const folder of placesBelow(source, base))
    for (const extension of endings) {
      const there = (cell: string): boolean => exists(source, at(folder, cell + extension));
      // Three looks decide most wrong guesses.
      if (!some.slice(0, 3).some(there)) continue;
      if (some.filter(there).length >= some.length * enough) return { folder, extension };
    }
  return null;
};

/**
 * Folder and file name of a path cell; a cell with another extension than a picture's is kept.
 * Null where it leads out of the dataset, which lies in `base`.
 */
export const pictureFile = (
  cell: string,
  rule: PictureRule,
  base: string,
): { readonly folder: string; readonly name: string } | null => {
  const path = cleanPath(cell, base);
  if (path === null) return null;
  const slash = path.lastIndexOf('/');
  const inside = slash < 0 ? '' : path.slice(0, slash);
  const bare = path.slice(slash + 1);
  const name = rule.extension !== '' && extensionOf(bare) === '' ? bare + rule.extension : bare;
  return { folder: join(rule.folder, inside), name };
};
