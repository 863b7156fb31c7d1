import { createHash } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import type { Crew } from './crew/crew';
import { formatOptionsIn } from './formatOptions';
import { join } from './formats/folders';
import { readIndexOrigin } from './indexFile';
import type { FileStore } from './nodeFileSource';
import { recordingSource } from './stamps/recordingSource';
import { stampsHold, stampsHoldLater } from './stamps/stampCheck';
import type { FileSource, FileStat, FormatOptions } from './types';

/** Room for the indexes of a user; the oldest go first. */
const maxFiles = 64;
const maxBytes = 4 * 1024 ** 3;
/** So many numbers of files to look at are worth a second thread from the start. */
const manyNumbers = 1 << 13;
/** Header and stamps of a small index, some thousand files at most. */
const maxSmallBytes = 1 << 17;
/** A temporary file this old belongs to a scan that died. */
const staleMs = 24 * 3600 * 1000;

const forward = (path: string): string => path.replaceAll('\\', '/');

/** `$XDG_CACHE_HOME/longtail`, else `~/.cache/longtail`, else a folder among the temporary files. */
export const defaultCacheFolder = (env: Readonly<Record<string, string | undefined>>): string => {
  const named = env['XDG_CACHE_HOME'];
  if (named !== undefined && named !== '') return join(forward(named), 'longtail');
  const home = homedir();
  return home === '' ? join(forward(tmpdir()), 'longtail') : join(forward(home), '.cache/longtail');
};

/** Where the index of a path under these options lies inside a cache folder. */
export const indexPathFor = (cacheFolder: string, root: string, options: FormatOptions): string => {
  const key = JSON.stringify([root, formatOptionsIn(options)]);
  const name = createHash('sha256').update(key).digest('hex').slice(0, 40);
  return join(forward(cacheFolder), 'index', `${name}.ltindex`);
};

/** What an index is worth: nothing it was made from has changed since, something has, or it is not there. */
export type IndexState = 'current' | 'changed' | 'none';

/** Compares an index with the disk; one that cannot be read is not there. */
export const indexState = (indexPath: string, source: FileSource, crew?: Crew): IndexState => {
  const origin = readIndexOrigin(indexPath, source);
  if (origin === null) return 'none';
  const numbers = origin.stamps.reduce((sum, group) => sum + group.numbers.length, 0);
  if (numbers >= manyNumbers) crew?.expectWork();
  return stampsHold(origin.stamps, recordingSource(source, crew).source, origin.startedMs)
    ? 'current'
    : 'changed';
};

/**
 * Whether an index that was made from few files is current, asked without a thread, which takes
 * longer to start than they to be looked at. False also where there is too much to look at.
 */
export const isSmallAndCurrent = async (
  indexPath: string,
  source: FileSource,
  stat: (path: string) => Promise<FileStat>,
): Promise<boolean> => {
  const origin = readIndexOrigin(indexPath, source, maxSmallBytes);
  return origin !== null && (await stampsHoldLater(origin.stamps, stat, origin.startedMs));
};

/** Removes what dead scans left and, oldest first, what is over the bounds; `keep` stays. */
export const pruneIndexCache = (
  folder: string,
  tools: { readonly source: FileSource; readonly store: FileStore; readonly now: number },
  keep: string,
): void => {
  const files = tools.source
    .list(folder)
    .files.flatMap((name) => {
      try {
        return [{ path: join(folder, name), ...tools.source.stat(join(folder, name)) }];
      } catch {
        return [];
      }
    })
    .sort((a, b) => b.mtimeMs - a.mtimeMs);
  let bytes = 0;
  let kept = 0;
  for (const file of files) {
    const temporary = !file.path.endsWith('.ltindex');
    if (temporary) {
      if (tools.now - file.mtimeMs > staleMs) tools.store.remove(file.path);
      continue;
    }
    bytes += file.size;
    kept++;
    if (file.path !== keep && (kept > maxFiles || bytes > maxBytes)) tools.store.remove(file.path);
  }
};
