import { isSystemError } from '../../issues';
import { isGzip, readHead } from '../../bytes/openBytes';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { baseName, join, listFolder, rootFolder } from '../folders';
import type { Listing } from '../folders';

/** A file of annotations, below the dataset's folder, and its split. */
export interface CocoPath {
  readonly path: string;
  readonly split: string;
}

export interface CocoSet {
  readonly folder: string;
  readonly files: readonly CocoPath[];
  /** Files of other kinds beside them: captions, key points. */
  readonly others: readonly string[];
}

const headBytes = 32 * 1024;
const inflatedHead = 1024 * 1024;
const maxFiles = 64;
const tables = /"(?:images|annotations|categories)"\s*:\s*\[/;
const fields =
  /"(?:category_id|image_id|file_name|supercategory|segments_info|coco_url|iscrowd)"\s*:/;

const isCocoText = (text: string): boolean => tables.test(text) && fields.test(text);

/**
 * Where the head has not said it (long licences, images or categories with fields of their own),
 * the end of the file is looked at: annotations or categories mostly stand there. A compressed file
 * has no end to look at, so more of its head is.
 */
const isCoco = (source: FileSource, path: string): boolean => {
  try {
    const file = source.open(path);
    try {
      let bytes = file.read(0, headBytes);
      const isPacked = isGzip(bytes);
      if (isPacked) bytes = readHead(source, path, inflatedHead);
      const head = Buffer.from(bytes).toString('utf8').trimStart();
      if (!head.startsWith('{')) return false;
      if (isCocoText(head)) return true;
      const rest = Math.min(headBytes, file.size - headBytes);
      if (isPacked || rest <= 0) return false;
      const tail = Buffer.from(file.read(file.size - rest, rest)).toString('latin1');
      return isCocoText(head + tail);
    } finally {
      file.close();
    }
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
};

const stem = (path: string): string => baseName(path).replace(/\.json(\.gz)?$/i, '');

/** Name of a file without what says its split: "instances_train2017" is of the kind "instances". */
const kindOf = (path: string): string =>
  stem(path)
    .toLowerCase()
    .split(/[-._\s\d]+/)
    .filter((word) => word !== '' && knownSplit(word) === null)
    .join(' ');

/** Kinds in the order in which they are chosen; those not listed come between. */
const rank = (kind: string): number =>
  /instance|annotations/.test(kind)
    ? 0
    : /keypoint|stuff|image info/.test(kind)
      ? 2
      : /caption/.test(kind)
        ? 3
        : 1;

const below = (source: FileSource, path: string): Listing | null => {
  try {
    return listFolder(source, path);
  } catch {
    return null;
  }
};

/** Annotation files of a path: a file, or those in a folder, its `annotations` and split folders. */
export const findCoco = (source: FileSource, root: string): CocoSet => {
  const { folder, only } = rootFolder(source, root);
  const found: CocoPath[] = [];
  const look = (base: string, names: readonly string[], split: string | null): void => {
    for (const name of names.filter((each) => /\.json(\.gz)?$/i.test(each)).slice(0, maxFiles))
      if (isCoco(source, join(folder, base, name)))
        found.push({ path: join(base, name), split: split ?? knownSplit(stem(name)) ?? noSplit });
  };
  if (only !== null) look('', [only], null);
  else {
    const top = listFolder(source, folder);
    look('', top.files, null);
    for (const name of top.folders) {
      const split = knownSplit(name);
      if (split === null && !/^(annotations?|labels?)$/i.test(name)) continue;
      const inside = below(source, join(folder, name));
      if (inside !== null) look(name, inside.files, split);
    }
  }
  const best = [...new Set(found.map(({ path }) => kindOf(path)))].sort(
    (a, b) => rank(a) - rank(b),
  )[0];
  return {
    folder,
    files: found.filter(({ path }) => kindOf(path) === best),
    others: found.filter(({ path }) => kindOf(path) !== best).map(({ path }) => path),
  };
};

/** Folders that may hold the pictures of a file, the likeliest first. */
const pictureFolders = (source: FileSource, folder: string, file: CocoPath): string[] => {
  const base = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '';
  const inRoot = below(source, folder)?.folders.slice(0, maxFiles) ?? [];
  const images = inRoot.filter((name) => /^(images?|data|jpegimages)$/i.test(name));
  const deeper = images.flatMap((name) =>
    (below(source, join(folder, name))?.folders ?? [])
      .slice(0, maxFiles)
      .map((in_) => `${name}/${in_}`),
  );
  const sub = base === '' ? [] : (below(source, join(folder, base))?.folders.slice(0, 8) ?? []);
  const all = [base, ...sub.map((name) => join(base, name)), '', ...inRoot, ...deeper];
  const ofSplit = all.filter((name) => knownSplit(baseName(name)) === file.split);
  return [...new Set([base, ...ofSplit, ...all])];
};

/** Folder below the dataset's where most of some pictures lie; null where they lie in none. */
export const findPictures = (
  source: FileSource,
  folder: string,
  file: CocoPath,
  names: readonly string[],
): string | null => {
  const step = Math.max(1, Math.floor(names.length / 8));
  const some = names.filter((_, i) => i % step === 0);
  const isThere = (path: string): boolean => {
    try {
      return source.stat(path).kind === 'file';
    } catch {
      return false;
    }
  };
  for (const place of pictureFolders(source, folder, file)) {
    const there = some.filter((name) => isThere(join(folder, place, name)));
    if (there.length * 2 > some.length) return place;
  }
  return null;
};
