import { knownSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { join, listFolder } from '../folders';

const listName = /^(train|val|test|valid|validation)\.txt$/i;

/**
 * Split of every picture that the lists of a folder name, a name without ending a line;
 * `trainval.txt` only repeats the other lists. Empty where there is no such folder.
 */
export const readImageSets = (source: FileSource, folder: string): ReadonlyMap<string, string> => {
  const splits = new Map<string, string>();
  let files: readonly string[];
  try {
    ({ files } = listFolder(source, folder));
  } catch {
    return splits;
  }
  for (const file of files) {
    const split = listName.test(file) ? knownSplit(file.replace(/\.[^.]*$/, '')) : null;
    if (split === null) continue;
    for (const line of source.readText(join(folder, file)).split(/\r?\n/)) {
      const id = line.trim().split(/\s/)[0] ?? '';
      if (id !== '') splits.set(id, split);
    }
  }
  return splits;
};
