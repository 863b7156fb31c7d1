import type { FileSource } from '../../types';
import { join, listFolder } from '../folders';
import { insidePath } from './insidePath';

const tried = 12;
const maxFolders = 24;

const isThere = (source: FileSource, path: string): boolean => {
  try {
    return source.stat(path).kind === 'file';
  } catch {
    return false;
  }
};

const below = (source: FileSource, folder: string): readonly string[] => {
  try {
    return listFolder(source, folder).folders.slice(0, maxFolders);
  } catch {
    return [];
  }
};

/**
 * Where the named pictures lie, relative to the dataset's folder: `base` (the lists' own), a folder
 * directly in it, the dataset's folder or one directly in that. Null when most are in none.
 */
export const findPictureRoot = (
  source: FileSource,
  folder: string,
  base: string,
  names: readonly string[],
): string | null => {
  const step = Math.max(1, Math.floor(names.length / tried));
  const some = names.filter((_, i) => i % step === 0).flatMap((name) => insidePath(name) ?? []);
  const fits = (place: string): boolean =>
    some.filter((name) => isThere(source, join(folder, place, name))).length * 2 > some.length;
  for (const place of new Set([base, ''])) {
    if (fits(place)) return place;
    const inside = below(source, join(folder, place)).find((name) => fits(join(place, name)));
    if (inside !== undefined) return join(place, inside);
  }
  return null;
};
