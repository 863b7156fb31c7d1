import type { FileSource, FileStat } from '../../../src/dataset/types';

/** Content of a file by its absolute path; a folder is there when something lies in it. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

/** A disk in memory: every file, and what lies in every folder. Times are `timeMs` for all. */
export const memorySource = (tree: Tree, timeMs = 1000.5): FileSource => {
  const files = new Map(
    Object.entries(tree).map(([path, content]) => [
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  const folders = new Map<string, Map<string, 'file' | 'folder'>>();
  const put = (path: string, kind: 'file' | 'folder'): void => {
    const slash = path.lastIndexOf('/');
    const parent = path.slice(0, slash);
    const name = path.slice(slash + 1);
    const known = folders.get(parent);
    if (known === undefined) {
      folders.set(parent, new Map([[name, kind]]));
      if (parent !== '') put(parent, 'folder');
    } else known.set(name, kind);
  };
  for (const path of files.keys()) put(path, 'file');
  const missing = (path: string): Error =>
    Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT', syscall: 'open' });
  const bytesOf = (path: string): Uint8Array => {
    const bytes = files.get(path);
    if (bytes === undefined) throw missing(path);
    return bytes;
  };
  return {
    list: (path) => {
      const entries = folders.get(path);
      if (entries === undefined) throw missing(path);
      const of = (wanted: string): string[] =>
        [...entries].flatMap(([name, kind]) => (kind === wanted ? [name] : [])).sort();
      return { files: of('file'), folders: of('folder'), links: [] };
    },
    stat: (path): FileStat => {
      const times = { mtimeMs: timeMs, ctimeMs: timeMs };
      if (folders.has(path)) return { kind: 'folder', size: 0, ...times };
      return { kind: 'file', size: bytesOf(path).length, ...times };
    },
    open: (path) => {
      const bytes = bytesOf(path);
      return {
        size: bytes.length,
        read: (offset, length) => bytes.slice(offset, offset + length),
        close: () => undefined,
      };
    },
    readText: (path, maxBytes) => new TextDecoder().decode(bytesOf(path).slice(0, maxBytes)),
    realPath: (path) => path,
  };
};

/** Class folders with so many empty pictures: `counts[split][class]`. */
export const pictureTree = (
  root: string,
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
): Tree =>
  Object.fromEntries(
    Object.entries(counts).flatMap(([split, classes]) =>
      Object.entries(classes).flatMap(([name, count]) =>
        Array.from({ length: count }, (_, i): [string, string] => [
          [root, split, name, `${String(i).padStart(5, '0')}.png`]
            .filter((part) => part !== '')
            .join('/'),
          '',
        ]),
      ),
    ),
  );
