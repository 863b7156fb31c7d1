import { posix } from 'node:path';
import type { Entry, FileSource } from '../types';

/** Joins with '/', leaving out empty parts. */
export const join = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('/');

/** Name of the last part of a path. */
export const baseName = (path: string): string => posix.basename(path);

/** Folder a path lies in; '' for a bare name. */
export const folderOf = (path: string): string => {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
};

/** Extension in lower case without the dot, '' without one. */
export const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
};

const imageExtensions: ReadonlySet<string> = new Set(
  'jpg jpeg jpe png webp bmp gif tif tiff ppm pgm pbm avif heic'.split(' '),
);

/** Whether a name is one of a picture. Contents are never looked at in a scan. */
export const isImageName = (name: string): boolean => imageExtensions.has(extensionOf(name));

/** Folders and files that tools leave behind: never part of a dataset, not worth a word. */
export const isNoise = (name: string): boolean =>
  name.startsWith('.') || name === '__MACOSX' || name === 'Thumbs.db' || name === 'desktop.ini';

export interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Links whose target is missing. */
  readonly broken: readonly string[];
}

const targetKind = (source: FileSource, path: string): 'file' | 'folder' | 'other' | 'broken' => {
  try {
    return source.stat(path).kind;
  } catch {
    return 'broken';
  }
};

/**
 * What lies in a folder, without noise, links followed, each list sorted by code unit. The order
 * is the same on every machine. Throws what the source throws.
 */
export const listFolder = (source: FileSource, path: string): Listing => {
  const files: string[] = [];
  const folders: string[] = [];
  const broken: string[] = [];
  const put = (entry: Entry): void => {
    if (isNoise(entry.name)) return;
    const kind = entry.kind === 'link' ? targetKind(source, join(path, entry.name)) : entry.kind;
    if (kind === 'file') files.push(entry.name);
    else if (kind === 'folder') folders.push(entry.name);
    else if (kind === 'broken') broken.push(entry.name);
  };
  source.list(path).forEach(put);
  return { files: files.sort(), folders: folders.sort(), broken };
};

/** The folder a path means: itself, or the one a file lies in, with that file's name. */
export const rootFolder = (
  source: FileSource,
  root: string,
): { readonly folder: string; readonly only: string | null } =>
  source.stat(root).kind === 'file'
    ? { folder: folderOf(root), only: baseName(root) }
    : { folder: root, only: null };
