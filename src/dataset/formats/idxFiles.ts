import { knownSplit, noSplit } from '../splitNames';
import type { FileSource } from '../types';
import { baseName, folderOf, join, listFolder } from './folders';

/** Labels and, where they are there, images of one split. Names inside the folder. */
export interface IdxPair {
  readonly split: string;
  readonly labels: string;
  readonly images: string | null;
}

export interface IdxSet {
  /** What the names have in common: '' for MNIST, "emnist-letters" for that. */
  readonly name: string;
  readonly pairs: readonly IdxPair[];
  /** Image files without labels. */
  readonly unpaired: readonly string[];
  /** File with names of the classes, in EMNIST's way. */
  readonly mapping: string | null;
}

const namePattern = /^(?<prefix>.*?)[-._]?(?<kind>labels|images)[-._]idx[1-4]-ubyte(?:\.gz)?$/i;
const order = ['train', 'validation', 'test'];

interface Named {
  readonly file: string;
  readonly set: string;
  readonly split: string;
  readonly kind: 'labels' | 'images';
}

const parseName = (file: string): Named | null => {
  const groups = namePattern.exec(file)?.groups;
  const prefix = groups?.['prefix'];
  const kind = groups?.['kind']?.toLowerCase();
  if (prefix === undefined || (kind !== 'labels' && kind !== 'images')) return null;
  const parts = prefix.split(/[-._]/);
  const isSplit = (part: string): boolean => knownSplit(part) !== null;
  const split = parts.find(isSplit);
  return {
    file,
    set: parts.filter((part) => !isSplit(part)).join('-'),
    split: split === undefined ? noSplit : (knownSplit(split) ?? noSplit),
    kind,
  };
};

/** Raw before gzip where both are there. */
const pick = (names: readonly Named[], split: string, kind: Named['kind']): string | null => {
  const files = names.filter((name) => name.split === split && name.kind === kind);
  const raw = files.find(({ file }) => !file.toLowerCase().endsWith('.gz'));
  return (raw ?? files[0])?.file ?? null;
};

const makeSet = (name: string, names: readonly Named[], files: readonly string[]): IdxSet => {
  const rank = (split: string): number => (order.indexOf(split) + 4) % 4;
  const splits = [...new Set(names.map(({ split }) => split))].sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  );
  const pairs: IdxPair[] = [];
  const unpaired: string[] = [];
  for (const split of splits) {
    const labels = pick(names, split, 'labels');
    const images = pick(names, split, 'images');
    if (labels !== null) pairs.push({ split, labels, images });
    else if (images !== null) unpaired.push(images);
  }
  const mapping = files.find((file) => file === `${name}-mapping.txt`) ?? null;
  return { name, pairs, unpaired, mapping };
};

/**
 * The folder of IDX files that a path means (the path, or the folder of a file) and the sets in
 * it, by name; for a file only its own set. No set has no label file.
 */
export const findIdxSets = (
  source: FileSource,
  root: string,
): { readonly folder: string; readonly sets: readonly IdxSet[] } => {
  const isFile = source.stat(root).kind === 'file';
  const folder = isFile ? folderOf(root) : root;
  const own = isFile ? parseName(baseName(root)) : null;
  if (isFile && own === null) return { folder, sets: [] };
  const find = (inside: string): { folder: string; sets: IdxSet[] } => {
    const { files } = listFolder(source, inside);
    const named = files.flatMap((file) => parseName(file) ?? []);
    const names = [...new Set(named.map(({ set }) => set))].sort();
    const sets = names
      .filter((name) => own === null || own.set === name)
      .map((name) =>
        makeSet(
          name,
          named.filter(({ set }) => set === name),
          files,
        ),
      )
      .filter(({ pairs }) => pairs.length > 0);
    return { folder: inside, sets };
  };
  const here = find(folder);
  if (here.sets.length > 0 || isFile) return here;
  // torchvision keeps them in <name>/raw.
  const raw = listFolder(source, folder).folders.find((name) => name === 'raw');
  return raw === undefined ? here : find(join(folder, raw));
};
