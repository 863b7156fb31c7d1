import type { FileSource } from '../../types';
import { baseName, join, listFolder } from '../folders';
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

const maxLevels = 3;

/**
 * The folder below the dataset's in which most of the named pictures are: one on its first level, or
 * in that one named as pictures are, or as that itself, which hubs like to wrap; those that `likely`
 * names first. Null where there is none.
 */
export const pictureBase = (
  source: FileSource,
  root: string,
  names: readonly string[],
  likely: (folder: string) => boolean = () => true,
): string | null => {
  if (names.length === 0) return null;
  const find = (folder: string, level: number): string | null => {
    if (filesThere(source, root, folder, names)) return folder;
    if (level === maxLevels) return null;
    const below = foldersIn(source, join(root, folder));
    const tried =
      level === 0
        ? [...below].sort((a, b) => Number(likely(b)) - Number(likely(a)))
        : below.filter((name) => imageFolder.test(name) || name === baseName(folder));
    for (const name of tried) {
      const found = find(join(folder, name), level + 1);
      if (found !== null) return found;
    }
    return null;
  };
  return find('', 0);
};
