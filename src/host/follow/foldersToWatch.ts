import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** A folder, and the names in it that are watched. */
export interface WatchedFolder {
  readonly folder: string;
  readonly pattern: string;
}

/** Folders of a dataset that are watched, at most. */
export const mostFolders = 20;
/** Entries of a folder that are looked at; one with a million files holds few folders. */
const mostEntries = 2000;
/** Names of folders that hold splits or labels, which are watched before others. */
const telling = /^(train|val|valid|test|dev|label|annotation|imagesets)/i;

const foldersIn = async (folder: string): Promise<readonly string[]> => {
  const names: string[] = [];
  try {
    let left = mostEntries;
    for await (const entry of (await opendir(folder)) as AsyncIterable<Dirent>) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) names.push(entry.name);
      if (--left === 0) break;
    }
  } catch {
    // A folder that is gone or closed to us is not watched; its parent tells when it comes back.
  }
  const rank = (name: string): number => (telling.test(name) ? 0 : 1);
  return names
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((name) => `${folder}/${name}`);
};

/**
 * What of a dataset is watched, one level each: the folder itself, then the folders in it, those of
 * splits and labels first, then theirs, up to twenty. Of a file, the file. Changes further down are
 * found when the dataset is looked at again.
 */
export const foldersToWatch = async (root: string): Promise<readonly WatchedFolder[]> => {
  try {
    if ((await stat(root)).isFile())
      // A bracket or star in a name would be a pattern: then every file beside it counts.
      return [
        {
          folder: dirname(root),
          pattern: /[[\]{}*?]/.test(basename(root)) ? '*' : basename(root),
        },
      ];
  } catch {
    return [];
  }
  const found = [root];
  for (let at = 0; at < found.length && found.length < mostFolders; at++)
    found.push(...(await foldersIn(found[at] ?? root)));
  return found.slice(0, mostFolders).map((folder) => ({ folder, pattern: '*' }));
};
