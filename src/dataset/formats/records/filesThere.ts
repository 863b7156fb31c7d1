import type { FileSource } from '../../types';
import { join } from '../folders';
import { filePlace } from './filePlace';

const enough = 0.5;

/** Whether most of the named files are where records in `folder` (below `root`) say. */
export const filesThere = (
  source: FileSource,
  root: string,
  folder: string,
  names: readonly string[],
): boolean => {
  const there = names.filter((name) => {
    const place = filePlace(folder, name);
    if (place === null) return false;
    try {
      return source.stat(join(root, place.folder, place.name)).kind === 'file';
    } catch {
      return false;
    }
  });
  return there.length >= names.length * enough;
};
