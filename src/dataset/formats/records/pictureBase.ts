import type { FileSource } from '../../types';
import { join, listFolder } from '../folders';
import { filesThere } from './filesThere';

const maxFolders = 64;
const imageFolder = /^(?:images?|img.*|jpegimages|data)$/i;

const foldersIn = (source: FileSource, path: string): readonly string[] => {
  try {
    return listFolder(source, path).folders.slice(0, maxFolders);
  } catch {
    return [];
  }
};

/**
 * The folder below the dataset's in which most of the named pictures are: one on its first level, or
 * one named as pictures are in that; those that `likely` names first. Null where there is none.
 */
export const pictureBase = (
  source: FileSource,
  root: string,
  names: readonly string[],
  likely: (folder: string) => boolean = () => true,
): string | null => {
  if (names.length === 0) return null;
  const top = [...foldersIn(source, root)].sort((a, b) => Number(likely(b)) - Number(likely(a)));
  const fits = (folder: string): boolean => filesThere(source, root, folder, names);
  for (const folder of ['', ...top]) {
    if (fits(folder)) return folder;
    const below = folder === '' ? [] : foldersIn(source, join(root, folder));
    const inside = below
      .filter((name) => imageFolder.test(name))
      .find((name) => fits(join(folder, name)));
    if (inside !== undefined) return join(folder, inside);
  }
  return null;
};
