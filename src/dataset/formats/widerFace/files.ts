import { isSystemError } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { baseName, isImageName, join, rootFolder } from '../folders';
import { filesBelow } from '../records/shards';

/** A list of pictures with their faces. */
export interface FaceList {
  /** Below the dataset's folder. */
  readonly path: string;
  readonly split: string;
  /** The first pictures it names. */
  readonly names: readonly string[];
}

const headBytes = 16 * 1024;
const maxNames = 12;

/** The pictures that the head of a list names; none where it is no such list. */
const firstNames = (head: string): readonly string[] => {
  const lines = head.split('\n').map((line) => line.replace(/^\uFEFF/, '').trim());
  const [name = '', count = '', box] = lines;
  if (!isImageName(name) || !/^\d{1,7}$/.test(count)) return [];
  if (box !== undefined && box.split(/\s+/).filter((field) => field !== '').length < 4) return [];
  return lines.filter(isImageName).slice(0, maxNames);
};

/** The lists of a path: the file, or those in the folder and two levels below it. */
export const findFaceLists = (
  source: FileSource,
  root: string,
): { readonly folder: string; readonly lists: readonly FaceList[] } => {
  const { folder, only } = rootFolder(source, root);
  const isList = (name: string): boolean => /bbx_gt\.txt$/i.test(name);
  const paths = only === null ? filesBelow(source, folder, isList, 2, 'name') : [only];
  const lists = paths
    .filter((path) => /\.txt$/i.test(path))
    .flatMap((path): FaceList[] => {
      try {
        const names = firstNames(source.readText(join(folder, path), headBytes));
        const split = knownSplit(baseName(path).replace(/\.[^.]*$/, '')) ?? noSplit;
        return names.length === 0 ? [] : [{ path, split, names }];
      } catch (error) {
        if (!isSystemError(error)) throw error;
        return [];
      }
    });
  return { folder, lists };
};
