import { posix } from 'node:path';
import type { FileSource } from '../types';

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

/** The last ending of a name with its dot, and the one before `.gz`; '' for none and for a number. */
const endingOf = (name: string): string => {
  const isPacked = name.endsWith('.gz');
  const dot = name.lastIndexOf('.', isPacked ? name.length - 4 : name.length);
  const first = name.charCodeAt(dot + 1);
  return dot <= 0 || (first >= 0x30 && first <= 0x39) ? '' : name.slice(dot);
};

const someOfEach = new WeakMap<readonly string[], readonly string[]>();

/** A name of each ending, and every name without one: worked out once a list. */
const examples = (names: readonly string[]): readonly string[] => {
  const known = someOfEach.get(names);
  if (known !== undefined) return known;
  const found: string[] = [];
  const seen = new Set<string>();
  let last = '';
  for (const name of names) {
    if (last !== '' && name.endsWith(last) && name.length > last.length) continue;
    const ending = endingOf(name);
    if (ending !== '' && seen.has(ending)) continue;
    seen.add(ending);
    found.push(name);
    // Longer endings may stand before these.
    last = ending.endsWith('.gz') || ending.endsWith('.') ? '' : ending;
  }
  someOfEach.set(names, found);
  return found;
};

/** Whether a list has a name that is wanted by its ending. */
export const hasEnding = (names: readonly string[], wanted: (name: string) => boolean): boolean =>
  examples(names).some(wanted);

/**
 * Names that are wanted by their ending. Each format asks this of each folder: lists that hold no
 * such ending, which is nearly all of them, are not gone through again.
 */
export const namesEnding = (
  names: readonly string[],
  wanted: (name: string) => boolean,
): readonly string[] => (hasEnding(names, wanted) ? names.filter(wanted) : []);

const noiseNames = ['Thumbs.db', '__MACOSX', 'desktop.ini'];

/** Folders and files that tools leave behind: never part of a dataset, not worth a word. */
export const isNoise = (name: string): boolean =>
  name.charCodeAt(0) === 0x2e || noiseNames.includes(name);

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

/** Place of the first name that is not before a text. */
const firstFrom = (names: readonly string[], text: string): number => {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Names in order without noise. What is asked for is found by its place, without a look at each. */
const withoutNoise = (names: readonly string[]): readonly string[] =>
  // '/' comes after '.', and is in no name.
  firstFrom(names, '.') < firstFrom(names, '/') ||
  noiseNames.some((name) => names[firstFrom(names, name)] === name)
    ? names.filter((name) => !isNoise(name))
    : names;

/**
 * What lies in a folder, without noise, links followed, each list sorted by code unit. The order
 * is the same on every machine. Throws what the source throws.
 */
export const listFolder = (source: FileSource, path: string): Listing => {
  const listed = source.list(path);
  const files = withoutNoise(listed.files);
  const folders = withoutNoise(listed.folders);
  if (listed.links.length === 0) return { files, folders, broken: [] };
  const found = { file: [...files], folder: [...folders], broken: [] as string[] };
  for (const name of withoutNoise(listed.links)) {
    const kind = targetKind(source, join(path, name));
    if (kind !== 'other') found[kind].push(name);
  }
  return { files: found.file.sort(), folders: found.folder.sort(), broken: found.broken };
};

/** The folder a path means: itself, or the one a file lies in, with that file's name. */
export const rootFolder = (
  source: FileSource,
  root: string,
): { readonly folder: string; readonly only: string | null } =>
  source.stat(root).kind === 'file'
    ? { folder: folderOf(root), only: baseName(root) }
    : { folder: root, only: null };
