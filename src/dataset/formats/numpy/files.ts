import { LongtailError } from '../../../common/errors';
import type { Issue } from '../../../common/errors';
import { parseNpy, parseNpyHeader } from '../../arrays/npy';
import type { NamedArray, NpyHeader } from '../../arrays/npy';
import { readZipEntry, zipEntries } from '../../arrays/zip';
import { isSystemError, issue, reasonOf } from '../../issues';
import type { FileSource } from '../../types';
import { extensionOf, join, listFolder, rootFolder } from '../folders';
import { arrayRole } from './names';
import type { ArrayRole } from './names';

/** An array of a dataset before its values are read. */
export interface ArrayFile extends ArrayRole {
  /** File below the root's folder, then the member inside an archive: `a.npz/train_labels.npy`. */
  readonly path: string;
  readonly name: string;
  readonly header: NpyHeader;
}

const headBytes = 4096;
/** Folders with more are samples of their own, not datasets in arrays. */
const maxFiles = 256;
const maxMembers = 4096;
const largest = 2 ** 31;
const stem = (name: string): string => name.replace(/\.np[yz]$/i, '');
const inArchive = /^(.*\.npz)\/(.*)$/i;

/** An issue for what reading an array threw. Other errors are thrown on. */
export const arrayIssue = (error: unknown, path: string): Issue => {
  if (error instanceof LongtailError) return issue('error', error.code, error.params, { path });
  if (isSystemError(error) || error instanceof RangeError)
    return issue('error', 'dataset/file-unreadable', { reason: reasonOf(error) }, { path });
  throw error;
};

/** All bytes of an array. Throws what the source throws, and LongtailErrors `arrays/…`. */
export const arrayBytes = (source: FileSource, folder: string, path: string): Uint8Array => {
  const [, archive, member] = inArchive.exec(path) ?? [];
  const file = source.open(join(folder, archive ?? path));
  try {
    if (archive === undefined || member === undefined) {
      if (file.size > largest) throw new LongtailError('arrays/too-large', { path, name: '' });
      return file.read(0, file.size);
    }
    const entry = zipEntries(file, archive).find(({ name }) => name === member);
    if (entry === undefined) throw new LongtailError('arrays/damaged', { path, name: member });
    return readZipEntry(file, archive, entry);
  } finally {
    file.close();
  }
};

export const readArray = (source: FileSource, folder: string, path: string): NamedArray =>
  parseNpy(arrayBytes(source, folder, path), { path, name: '' });

/** Whether an array's values are as many as its header says: rows are not read in a scan. */
const isWhole = ({ descr, shape, start }: NpyHeader, size: number): boolean => {
  const width = Number(/\d+$/.exec(descr)?.[0] ?? 0) * (descr.includes('U') ? 4 : 1);
  const count = shape.reduce((product, n) => product * n, 1);
  return width === 0 ? count <= size : start + count * width <= size;
};

const headers = (source: FileSource, folder: string, file: string): ArrayFile[] => {
  const opened = source.open(join(folder, file));
  try {
    if (extensionOf(file) === 'npy') {
      const role = arrayRole(stem(file), '');
      if (role === null) return [];
      const header = parseNpyHeader(opened.read(0, headBytes), { path: file, name: '' });
      if (!isWhole(header, opened.size))
        throw new LongtailError('arrays/damaged', { path: file, name: '' });
      return [{ ...role, path: file, name: stem(file), header }];
    }
    return zipEntries(opened, file)
      .filter(({ name }) => /\.npy$/i.test(name))
      .slice(0, maxMembers)
      .flatMap((entry): ArrayFile[] => {
        const name = stem(entry.name);
        const role = arrayRole(name, stem(file));
        if (role === null) return [];
        const head = readZipEntry(opened, file, entry, headBytes);
        const header = parseNpyHeader(head, { path: file, name });
        if (!isWhole(header, entry.size))
          throw new LongtailError('arrays/damaged', { path: file, name });
        return [{ ...role, path: `${file}/${entry.name}`, name, header }];
      });
  } finally {
    opened.close();
  }
};

/** The arrays of a path whose names say what they are, and what could not be read. */
export const findArrays = (
  source: FileSource,
  root: string,
): {
  readonly folder: string;
  readonly arrays: readonly ArrayFile[];
  readonly issues: readonly Issue[];
} => {
  const { folder, only } = rootFolder(source, root);
  const files = (only === null ? listFolder(source, folder).files : [only]).filter((name) =>
    /\.np[yz]$/i.test(name),
  );
  const named = files.filter((name) => /\.npz$/i.test(name) || arrayRole(stem(name), '') !== null);
  const arrays: ArrayFile[] = [];
  const issues: Issue[] = [];
  for (const file of named.slice(0, maxFiles)) {
    try {
      arrays.push(...headers(source, folder, file));
    } catch (error) {
      issues.push(arrayIssue(error, file));
    }
  }
  return { folder, arrays, issues };
};
