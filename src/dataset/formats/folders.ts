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

const audioExtensions: ReadonlySet<string> = new Set(
  'wav flac mp3 ogg opus m4a aac aiff'.split(' '),
);

/** Whether a name is one of a sound. */
export const isAudioName = (name: string): boolean => audioExtensions.has(extensionOf(name));

const archiveExtensions: ReadonlySet<string> = new Set(
  'zip tar gz tgz bz2 xz zst 7z rar'.split(' '),
);

/** Whether a name is one of an archive, whose content a folder of files lacks. */
export const isArchiveName = (name: string): boolean => archiveExtensions.has(extensionOf(name));

/** Names that `wanted` accepts, in order, and the others. Neighbours mostly end alike. */
export const sift = (
  names: readonly string[],
  wanted: (name: string) => boolean,
): { readonly kept: readonly string[]; readonly others: readonly string[] } => {
  const kept: string[] = [];
  const others: string[] = [];
  let ending = '';
  for (const name of names) {
    const isKnown = ending !== '' && name.endsWith(ending) && name.length > ending.length;
    if (isKnown || wanted(name)) {
      kept.push(name);
      if (!isKnown) ending = name.slice(name.lastIndexOf('.'));
    } else others.push(name);
  }
  return { kept, others };
};

/** Folders and files that tools leave behind: never part of a dataset, not worth a word. */
export const isNoise = (name: string): boolean =>
  name.charCodeAt(0) === 0x2e ||
  name === '__MACOSX' ||
  name === 'Thumbs.db' ||
  name === 'desktop.ini';

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

/** Sorts by code unit. Systems mostly list in this order already: a look is quicker than a sort. */
const sortNames = (names: string[]): string[] => {
  for (let at = 1; at < names.length; at++)
    if ((names[at - 1] ?? '') > (names[at] ?? '')) return names.sort();
  return names;
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
  return { files: sortNames(files), folders: sortNames(folders), broken };
};

/** The folder a path means: itself, or the one a file lies in, with that file's name. */
export const rootFolder = (
  source: FileSource,
  root: string,
): { readonly folder: string; readonly only: string | null } =>
  source.stat(root).kind === 'file'
    ? { folder: folderOf(root), only: baseName(root) }
    : { folder: root, only: null };
