import { isSystemError } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { baseName, join, listFolder, rootFolder } from '../folders';

/** An archive of samples. */
export interface Shard {
  /** Below the dataset's folder. */
  readonly path: string;
  readonly split: string;
}

const shardName = /\.(tar|tar\.gz|tgz)$/i;
const maxFolders = 32;
const maxIndexBytes = 1 << 24;

/** Which split the shards are of that an index of the wids library lists, by file name. */
const widsSplits = (source: FileSource, folder: string, files: readonly string[]) => {
  const splits = new Map<string, string>();
  for (const name of files.filter((one) => /\.json$/i.test(one)).slice(0, 16)) {
    const split = knownSplit(name.replace(/\.json$/i, ''));
    if (split === null) continue;
    try {
      const index: unknown = JSON.parse(source.readText(join(folder, name), maxIndexBytes));
      if (typeof index !== 'object' || index === null || !('shardlist' in index)) continue;
      const list: unknown = index.shardlist;
      if (!Array.isArray(list)) continue;
      for (const shard of list as readonly unknown[])
        if (typeof shard === 'object' && shard !== null && 'url' in shard)
          if (typeof shard.url === 'string') splits.set(baseName(shard.url), split);
    } catch (error) {
      if (!(error instanceof SyntaxError) && !isSystemError(error)) throw error;
    }
  }
  return splits;
};

const shardsIn = (source: FileSource, folder: string, inside: string): Shard[] => {
  const { files } = listFolder(source, join(folder, inside));
  const names = files.filter((name) => shardName.test(name));
  if (names.length === 0) return [];
  const listed = widsSplits(source, join(folder, inside), files);
  return names.map((name) => ({
    path: join(inside, name),
    split:
      knownSplit(name.replace(shardName, '')) ?? listed.get(name) ?? knownSplit(inside) ?? noSplit,
  }));
};

/** The shards of a path: a file, those directly in a folder, or those in the folders in it. */
export const findShards = (
  source: FileSource,
  root: string,
): { readonly folder: string; readonly shards: readonly Shard[] } => {
  const { folder, only } = rootFolder(source, root);
  if (only !== null) {
    const split = knownSplit(only.replace(shardName, '')) ?? noSplit;
    return { folder, shards: shardName.test(only) ? [{ path: only, split }] : [] };
  }
  const here = shardsIn(source, folder, '');
  if (here.length > 0) return { folder, shards: here };
  const { folders } = listFolder(source, folder);
  if (folders.length > maxFolders) return { folder, shards: [] };
  return { folder, shards: folders.flatMap((name) => shardsIn(source, folder, name)) };
};
