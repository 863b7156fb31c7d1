import { isSystemError } from '../../issues';
import { readHead, withoutGz } from '../../bytes/openBytes';
import { knownSplit, normaliseSplit, noSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { baseName, folderOf, join, rootFolder } from '../folders';
import { filesBelow } from '../records/shards';

/** A file of annotations, below the dataset's folder. */
export interface DatumaroPath {
  readonly path: string;
  /** The subset, as its file is named. */
  readonly subset: string;
  readonly split: string;
}

const headBytes = 32 * 1024;
const maxFiles = 64;

const isDatumaro = (source: FileSource, path: string): boolean => {
  try {
    const head = Buffer.from(readHead(source, path, headBytes))
      .toString('utf8')
      .trimStart();
    if (!head.startsWith('{')) return false;
    const hasItems = /"items"\s*:\s*\[/.test(head);
    // The names alone may be longer than what is looked at.
    const hasNames = /"categories"\s*:\s*\{\s*(?:\}|"(?:label|mask|points)"\s*:\s*\{)/.test(head);
    if (hasNames) return hasItems || head.length >= headBytes / 2;
    return hasItems && /"dm_format_version"|"label_id"\s*:/.test(head);
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
};

const pathOf = (path: string): DatumaroPath => {
  const subset = withoutGz(baseName(path)).replace(/\.json$/i, '');
  const isSubset = /^annotations$/i.test(baseName(folderOf(path))) && subset !== 'default';
  const split = isSubset ? normaliseSplit(subset) : (knownSplit(subset) ?? noSplit);
  return { path, subset, split };
};

/** Annotation files of a path: a file, or those in the folder and in those of it. */
export const findDatumaro = (
  source: FileSource,
  root: string,
): { readonly folder: string; readonly files: readonly DatumaroPath[] } => {
  const { folder, only } = rootFolder(source, root);
  const isJson = (name: string): boolean => /\.json(?:\.gz)?$/i.test(name);
  const paths = only === null ? filesBelow(source, folder, isJson, 1) : [only].filter(isJson);
  return {
    folder,
    files: paths
      .slice(0, maxFiles)
      .filter((path) => isDatumaro(source, join(folder, path)))
      .map(pathOf),
  };
};
