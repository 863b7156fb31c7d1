import type { FileSource } from '../../types';
import { join, listFolder, rootFolder } from '../folders';

/** One file of rows and the part of the data it is. */
export interface CifarFile {
  readonly name: string;
  readonly split: 'train' | 'test';
}

/** What CIFAR folders of one kind look like. */
export interface CifarKind {
  /** CIFAR-100 has two sets of labels. */
  readonly labels: 10 | 100;
  readonly isBinary: boolean;
  readonly files: readonly CifarFile[];
  /** Files of class names, that of the fine labels first. */
  readonly names: readonly string[];
}

export interface CifarPlace {
  /** Below the root; '' for the root. */
  readonly base: string;
  readonly folder: string;
  readonly kind: CifarKind;
}

const batches = (suffix: string): CifarFile[] => [
  ...[1, 2, 3, 4, 5].map((n): CifarFile => ({ name: `data_batch_${n}${suffix}`, split: 'train' })),
  { name: `test_batch${suffix}`, split: 'test' },
];
const halves = (suffix: string): CifarFile[] => [
  { name: `train${suffix}`, split: 'train' },
  { name: `test${suffix}`, split: 'test' },
];

const kinds: readonly CifarKind[] = [
  { labels: 10, isBinary: false, files: batches(''), names: ['batches.meta'] },
  { labels: 10, isBinary: true, files: batches('.bin'), names: ['batches.meta.txt'] },
  { labels: 100, isBinary: false, files: halves(''), names: ['meta'] },
  {
    labels: 100,
    isBinary: true,
    files: halves('.bin'),
    names: ['fine_label_names.txt', 'coarse_label_names.txt'],
  },
];

/** Pixels of a picture: 32 × 32, red, green and blue one after the other. */
export const pictureBytes = 3072;

/** Bytes of a row of the binary files: one or two labels, then the pixels. */
export const rowBytes = ({ labels }: CifarKind): number => pictureBytes + (labels === 100 ? 2 : 1);

const isPickle = (head: Uint8Array): boolean =>
  (head[0] === 0x80 && (head[1] ?? 9) <= 5) || head[0] === 0x28 || head[0] === 0x7d;

/** Whether a file can be what its name says, by its size or its first bytes. */
const fits = (source: FileSource, path: string, kind: CifarKind): boolean => {
  try {
    const file = source.open(path);
    try {
      if (!kind.isBinary) return isPickle(file.read(0, 2));
      return file.size > 0 && file.size % rowBytes(kind) === 0;
    } finally {
      file.close();
    }
  } catch {
    return false;
  }
};

const findIn = (source: FileSource, folder: string, only: string | null): CifarKind | null => {
  const names = new Set(listFolder(source, folder).files);
  for (const kind of kinds) {
    const there = kind.files.filter(({ name }) => names.has(name));
    if (only !== null && !there.some(({ name }) => name === only)) continue;
    const sure = kind.labels === 10 || names.has(kind.names[0] ?? '') || kind.isBinary;
    if (
      there.length > 0 &&
      sure &&
      there.some(({ name }) => fits(source, join(folder, name), kind))
    )
      return { ...kind, files: there, names: kind.names.filter((name) => names.has(name)) };
  }
  return null;
};

/** The CIFAR folder a path means: the path, a file's folder, or a folder directly in it. */
export const findCifar = (source: FileSource, root: string): CifarPlace | null => {
  const { folder, only } = rootFolder(source, root);
  const here = findIn(source, folder, only);
  if (here !== null || only !== null) return here && { base: '', folder, kind: here };
  for (const name of listFolder(source, folder).folders.filter((one) => /^cifar/i.test(one))) {
    const inside = join(folder, name);
    const kind = findIn(source, inside, null);
    if (kind !== null) return { base: name, folder: inside, kind };
  }
  return null;
};
