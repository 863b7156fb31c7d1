import { isSystemError } from '../../issues';
import { readHead } from '../../bytes/openBytes';
import type { FileSource } from '../../types';
import { extensionOf, join, rootFolder } from '../folders';
import { filesBelow } from '../records/shards';

export interface VottFiles {
  readonly folder: string;
  /** Exports, or the files of single assets where there is no export. */
  readonly files: readonly string[];
  /** Project files, which list the tags. */
  readonly projects: readonly string[];
}

const headBytes = 64 * 1024;
const maxFiles = 64;
const fewFiles = 3;
const isAssetFile = (path: string): boolean => /-asset\.json$/i.test(path);

const headOf = (source: FileSource, path: string): string => {
  try {
    return Buffer.from(readHead(source, path, headBytes)).toString('utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return '';
  }
};

const isExport = (head: string): boolean =>
  /"assets"\s*:\s*\{/.test(head) && /"asset"\s*:\s*\{/.test(head);
const isAsset = (head: string): boolean =>
  /"asset"\s*:\s*\{/.test(head) && /"regions"\s*:\s*\[/.test(head) && !/"assets"\s*:/.test(head);

/** The files of a path: the file, or those in the folder and the folders below it. */
export const findVott = (source: FileSource, root: string): VottFiles => {
  const { folder, only } = rootFolder(source, root);
  const read = (path: string): string => headOf(source, join(folder, path));
  const isOne = (name: string): boolean => /^(?:json|vott)$/.test(extensionOf(name));
  if (only !== null) {
    const head = extensionOf(only) === 'json' ? read(only) : '';
    return { folder, files: isExport(head) || isAsset(head) ? [only] : [], projects: [] };
  }
  const found = filesBelow(source, folder, isOne, 1);
  const jsons = found.filter((path) => extensionOf(path) === 'json');
  const exports = jsons
    .filter((path) => !isAssetFile(path))
    .slice(0, maxFiles)
    .filter((path) => isExport(read(path)));
  const assets = jsons.filter(isAssetFile);
  const areAssets = assets.slice(0, fewFiles).some((path) => isAsset(read(path)));
  return {
    folder,
    files: exports.length > 0 ? exports : areAssets ? assets : [],
    projects: found.filter((path) => extensionOf(path) === 'vott').slice(0, maxFiles),
  };
};
