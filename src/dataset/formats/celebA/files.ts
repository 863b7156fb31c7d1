import { isSystemError } from '../../issues';
import type { FileSource } from '../../types';
import { baseName, isImageName, join, rootFolder } from '../folders';
import { filesBelow } from '../records/shards';

/** The lists of CelebA, below the dataset's folder; null for one that is not there. */
export interface CelebaFiles {
  readonly folder: string;
  /** A column of 1 and -1 an attribute. */
  readonly attributes: string | null;
  /** The number of a person a picture. */
  readonly identity: string | null;
  /** 0, 1 or 2 a picture: train, validation, test. */
  readonly partition: string | null;
  /** The first pictures named. */
  readonly names: readonly string[];
}

const headBytes = 64 * 1024;
const maxNames = 12;

/** Lines that begin with a picture's name, of the head of a list. */
const pictureLines = (head: string): readonly string[][] =>
  head
    .split('\n')
    .map((line) => line.trim().split(/[\s,]+/))
    .filter(([name = '']) => isImageName(name));

const isAttributes = (rows: readonly string[][]): boolean =>
  rows[0] !== undefined &&
  rows[0].length > 2 &&
  rows[0].slice(1).every((cell) => /^-?1$/.test(cell));
const isNumbers = (rows: readonly string[][]): boolean =>
  rows[0]?.length === 2 && /^\d{1,9}$/.test(rows[0][1] ?? '');

/** The lists at a path: in the folder or two below it, or beside the list that is named. */
export const findCeleba = (source: FileSource, root: string): CelebaFiles => {
  const { folder, only } = rootFolder(source, root);
  const isList = (name: string): boolean =>
    /^(?:list_attr_celeba|list_eval_partition|identity_celeba)\.(?:txt|csv)$/i.test(name);
  const paths = filesBelow(source, folder, isList, only === null ? 2 : 0, 'name');
  const rowsOf = (path: string): readonly string[][] => {
    try {
      return pictureLines(source.readText(join(folder, path), headBytes));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return [];
    }
  };
  let names: readonly string[] = [];
  const list = (name: string, isOne: (rows: readonly string[][]) => boolean): string | null => {
    const path = paths.find((each) => baseName(each).toLowerCase().startsWith(name));
    const rows = path === undefined ? [] : rowsOf(path);
    if (path === undefined || !isOne(rows)) return null;
    if (names.length === 0) names = rows.slice(0, maxNames).map(([first = '']) => first);
    return path;
  };
  const attributes = list('list_attr_celeba.', isAttributes);
  const identity = list('identity_celeba.', isNumbers);
  const partition = list('list_eval_partition.', isNumbers);
  const labels = [attributes, identity];
  // A file that is no list of labels was named: another format's.
  const isAsked = only === null || labels.includes(only);
  return isAsked
    ? { folder, attributes, identity, partition, names }
    : { folder, attributes: null, identity: null, partition: null, names: [] };
};
