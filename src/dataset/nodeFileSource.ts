import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FileSource, FileStat, FolderNames, OpenFile } from './types';

const kindOf = (entry: Stats): 'file' | 'folder' | 'other' => {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
};

const statOf = (stats: Stats): FileStat => ({
  kind: kindOf(stats),
  size: stats.size,
  mtimeMs: stats.mtimeMs,
  ctimeMs: stats.ctimeMs,
});

const readInto = (fd: number, offset: number, into: Uint8Array): number => {
  let done = 0;
  while (done < into.length) {
    const got = readSync(fd, into, done, into.length - done, offset + done);
    if (got === 0) break;
    done += got;
  }
  return done;
};

const readFully = (fd: number, offset: number, length: number): Uint8Array => {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readInto(fd, offset, bytes));
};

const openForReading = (path: string): OpenFile => {
  const fd = openSync(path, 'r');
  const stat = statOf(fstatSync(fd));
  const { size } = stat;
  return {
    size,
    stat,
    read: (offset, length) =>
      readFully(fd, offset, Math.max(0, Math.min(length, Math.max(0, size - offset)))),
    readInto: (offset, into) =>
      readInto(
        fd,
        offset,
        offset + into.length <= size ? into : into.subarray(0, Math.max(0, size - offset)),
      ),
    close: () => closeSync(fd),
  };
};

/** Sorts by code unit. Systems mostly list in this order already: a look is quicker than a sort. */
const sortNames = (names: string[]): string[] => {
  for (let at = 1; at < names.length; at++)
    if ((names[at - 1] ?? '') > (names[at] ?? '')) return names.sort();
  return names;
};

const listNames = (path: string): FolderNames => {
  const files: string[] = [];
  const folders: string[] = [];
  const links: string[] = [];
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isFile()) files.push(entry.name);
    else if (entry.isDirectory()) folders.push(entry.name);
    else if (entry.isSymbolicLink()) links.push(entry.name);
  }
  return { files: sortNames(files), folders: sortNames(folders), links: sortNames(links) };
};

/** The disk behind the port; with `nodeFileStore` the only user of the file system among the stages. */
export const nodeFileSource: FileSource = {
  list: listNames,
  stat: (path) => statOf(statSync(path)),
  open: openForReading,
  readText: (path, maxBytes = 64 * 1024 * 1024): string => {
    const file = openForReading(path);
    try {
      return Buffer.from(file.read(0, maxBytes)).toString('utf8');
    } finally {
      file.close();
    }
  },
  realPath: (path) => realpathSync.native(path),
};

/** The state of a file, for who must not wait for a disk. */
export const statLater = async (path: string): Promise<FileStat> => statOf(await stat(path));

/** A file being written. */
export interface NewFile {
  append(bytes: Uint8Array): void;
  close(): void;
}

/** Where the scan keeps its own files: the index cache, never a dataset. */
export interface FileStore {
  makeFolder(path: string): void;
  create(path: string): NewFile;
  rename(from: string, to: string): void;
  /** Removes a file; a missing one is fine. */
  remove(path: string): void;
}

export const nodeFileStore: FileStore = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  create: (path) => {
    const fd = openSync(path, 'w');
    return {
      append: (bytes) => {
        let done = 0;
        while (done < bytes.length) done += writeSync(fd, bytes, done);
      },
      close: () => closeSync(fd),
    };
  },
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { force: true }),
};
