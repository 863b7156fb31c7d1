import type { Random } from '../../src/common/random';
import type { FileSource, FolderNames } from '../../src/dataset/types';

const systemError = (code: string, path: string): Error =>
  Object.assign(new Error(`${code}: ${path}`), { code });

/**
 * A disk that fails now and then as disks do: files vanish between the listing and the reading,
 * are forbidden, shrink while they are read; some entries are sockets or links to nowhere.
 * `rate` is the share of calls that fail. Also notes every folder and file that was read.
 */
export const faultySource = (
  source: FileSource,
  random: Random,
  rate: number,
): { readonly source: FileSource; readonly asked: ReadonlySet<string> } => {
  const asked = new Set<string>();
  const fails = (): boolean => rate > 0 && random.nextFloat() < rate;
  const mayFail = (path: string): void => {
    if (!fails()) return;
    throw systemError(['ENOENT', 'EACCES', 'EIO', 'EMFILE'][random.nextInt(4)] ?? 'EIO', path);
  };
  const disguise = (names: FolderNames): FolderNames => {
    const kinds = ['files', 'folders', 'links'] as const;
    const shown = { files: [] as string[], folders: [] as string[], links: [] as string[] };
    for (const kind of kinds)
      for (const name of names[kind]) {
        // A socket is in no list.
        const other = fails() ? kinds[random.nextInt(4)] : kind;
        if (other !== undefined) shown[other].push(name);
      }
    for (const kind of kinds) shown[kind].sort();
    return shown;
  };
  return {
    asked,
    source: {
      ...source,
      list: (path) => {
        asked.add(path);
        mayFail(path);
        return disguise(source.list(path));
      },
      stat: (path) => {
        mayFail(path);
        return source.stat(path);
      },
      readText: (path, maxBytes) => {
        asked.add(path);
        mayFail(path);
        return source.readText(path, maxBytes);
      },
      open: (path) => {
        asked.add(path);
        mayFail(path);
        const file = source.open(path);
        return {
          ...file,
          read: (offset, length) => {
            if (fails()) throw systemError('EIO', path);
            const bytes = file.read(offset, length);
            return fails() ? bytes.subarray(0, random.nextInt(bytes.length + 1)) : bytes;
          },
        };
      },
    },
  };
};
