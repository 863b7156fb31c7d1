import { isSystemError } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { baseName, folderOf, join, rootFolder } from '../folders';
import { isObject } from '../jsonl/isObject';
import { filesBelow, splitOfShard } from '../records/shards';

const maxInfo = 16 * 1024 * 1024;

/** Files of records that belong together. */
export interface RecordFiles {
  readonly folder: string;
  /** Folder of the records below it. */
  readonly base: string;
  readonly files: readonly { readonly file: string; readonly split: string }[];
  /** Folders with other configurations or versions, which are left out. */
  readonly skipped: readonly string[];
}

const isRecordFile = (name: string): boolean =>
  /\.(?:tf-?rec(?:ords?)?|records?)(?:$|[.-]\d)/i.test(name.replace(/\.gz$/i, '')) ||
  /^[\w.]+-\d{5}-of-\d{5}(?:\.gz)?$/.test(name);

/** Text of a small file; null where it is not there. */
const textOf = (source: FileSource, path: string): string | null => {
  try {
    return source.readText(path, maxInfo);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
};

/** Name of the dataset that `dataset_info.json` of TFDS states. */
const infoName = (source: FileSource, folder: string): string | null => {
  try {
    const info: unknown = JSON.parse(textOf(source, join(folder, 'dataset_info.json')) ?? '');
    return isObject(info) && typeof info['name'] === 'string' ? info['name'] : null;
  } catch {
    return null;
  }
};

/** Files of records below the root, of the folder that comes last: the newest version. */
export const findRecordFiles = (source: FileSource, root: string): RecordFiles => {
  const { folder, only } = rootFolder(source, root);
  const all = only === null ? filesBelow(source, folder, isRecordFile, 3) : [only];
  const folders = [...new Set(all.map(folderOf))];
  const names = folders.map((each) => infoName(source, join(folder, each)));
  const isTfds = names.some((name) => name !== null);
  const at = names.findLastIndex((name) => name !== null);
  const base = isTfds ? (folders[at] ?? '') : '';
  const name = isTfds ? names[at] : null;
  const files = isTfds ? all.filter((file) => folderOf(file) === base) : all;
  const split = (file: string): string => {
    const known = splitOfShard(file);
    const start = `${name ?? ''}-`;
    if (known !== noSplit || name === null || !baseName(file).startsWith(start)) return known;
    const own = baseName(file).slice(start.length).split('.')[0] ?? '';
    return own === '' ? known : (knownSplit(own) ?? own);
  };
  return {
    folder,
    base,
    files: files.map((file) => ({ file, split: only === null ? split(file) : noSplit })),
    skipped: isTfds ? folders.filter((each) => each !== base) : [],
  };
};

/** Names of numbered classes: TFDS's `<feature>.labels.txt`, or a label map of the detection API. */
export const labelNames = (
  source: FileSource,
  { folder, base }: RecordFiles,
  key: string,
): ReadonlyMap<number, string> => {
  const stem = join(folder, base, `${key.replaceAll('/', '-')}.labels.txt`);
  const lines = textOf(source, stem)?.replace(/\n$/, '').split(/\r?\n/);
  if (lines !== undefined) return new Map(lines.map((name, id) => [id, name]));
  const maps = [...new Set([base, ''])].flatMap((place) => {
    try {
      return filesBelow(source, join(folder, place), (name) => /\.pbtxt$/i.test(name), 1).map(
        (file) => join(folder, place, file),
      );
    } catch (error) {
      if (isSystemError(error)) return [];
      throw error;
    }
  });
  const found = new Map<number, string>();
  for (const item of (maps[0] === undefined ? '' : (textOf(source, maps[0]) ?? '')).split('{')) {
    const id = /\bid\s*:\s*(\d{1,9})/.exec(item)?.[1];
    const shown = /\bdisplay_name\s*:\s*["']([^"'\n]*)["']/.exec(item)?.[1];
    const name = shown ?? /\bname\s*:\s*["']([^"'\n]*)["']/.exec(item)?.[1];
    if (id !== undefined && name !== undefined && name !== '') found.set(Number(id), name);
  }
  return found;
};
