import { knownSplit, noSplit, normaliseSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { baseName, folderOf, join, listFolder, namesEnding } from '../folders';
import { readYaml } from '../../bytes/plainYaml';

const maxFiles = 100_000;
const maxFolders = 256;
/** Folders looked into before many more are: half of them are those that tell an image folder. */
const probes = 24;
const maxReadme = 4 * 1024 * 1024;

/** A file of a dataset in several, with the split it belongs to. */
export interface Shard {
  /** Relative to the dataset's folder. */
  readonly file: string;
  readonly split: string;
}

/** `train` of `data/train-00000-of-00005-a1b2.parquet`, `name/train/0000.parquet`, `train.parquet`. */
export const splitOfShard = (file: string): string => {
  const stem = baseName(file).replace(/\.[^.]*$/, '');
  const counted = /^(.+?)-\d{5}-of-\d{5}/.exec(stem)?.[1];
  if (counted !== undefined) return normaliseSplit(counted.replace(/^partial-/, ''));
  const own = knownSplit(stem);
  if (own !== null) return own;
  const folders = folderOf(file).split('/').reverse();
  for (const folder of folders) {
    const split = knownSplit(folder.replace(/^partial-/, ''));
    if (split !== null) return split;
  }
  return noSplit;
};

/**
 * Those of many folders that may hold what is looked for: all where it lies in one of some spread over
 * them, else none. Class folders are many, and what is in one is in nearly every other.
 */
export const worthALook = (
  folders: readonly string[],
  holds: (folder: string) => boolean,
): readonly string[] => {
  const some = folders.slice(0, maxFolders);
  if (folders.length <= 2 * probes) return some;
  const step = folders.length / probes;
  const tried = Array.from({ length: probes }, (_, i) => folders[Math.floor(i * step)] ?? '');
  return tried.some(holds) ? some : [];
};

/**
 * Files in a folder and up to two levels below it, in order: those with an ending, which is asked of
 * one name of each ending only, or those of a name.
 */
export const filesBelow = (
  source: FileSource,
  root: string,
  has: (name: string) => boolean,
  levels = 2,
  by: 'ending' | 'name' = 'ending',
): string[] => {
  const walk = (folder: string, left: number): string[] => {
    const found = listFolder(source, join(root, folder));
    const names = by === 'ending' ? namesEnding(found.files, has) : found.files.filter(has);
    const here = names.map((name) => join(folder, name));
    if (left === 0) return here;
    const inside = (name: string): string[] => {
      try {
        return walk(join(folder, name), left - 1);
      } catch {
        return [];
      }
    };
    const folders = worthALook(found.folders, (name) => inside(name).length > 0);
    return [...here, ...folders.flatMap(inside)];
  };
  return walk('', levels).slice(0, maxFiles);
};

const pattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/^\.?\//, '')
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('**/', '\u0001')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')
      .replaceAll('\u0001', '(?:.*/)?')}$`,
  );

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (each): each is string => typeof each === 'string',
  );

/** A path with more is no path; many wildcards in a row would take for ever to match. */
const isPattern = (glob: string): boolean =>
  glob.length <= 1000 && (glob.match(/\*+/g)?.length ?? 0) <= 8;

const fieldOf = (value: unknown, key: string): unknown =>
  value instanceof Map ? value.get(key) : undefined;

/** One configuration of a dataset's card: which files are which split. */
export interface CardConfig {
  readonly name: string;
  readonly parts: readonly { readonly split: string; readonly paths: readonly string[] }[];
}

/** The `configs` of the YAML that a dataset's README.md begins with; none for anything else. */
export const cardConfigs = (readme: string): readonly CardConfig[] => {
  const text = /^---\r?\n([\s\S]*?)\r?\n---/.exec(readme)?.[1];
  if (text === undefined) return [];
  const card = readYaml(text);
  const configs = fieldOf(card, 'configs');
  return (Array.isArray(configs) ? configs : []).map((config: unknown) => {
    const files = fieldOf(config, 'data_files');
    const isRows = Array.isArray(files) && files.some((row) => row instanceof Map);
    const rows: readonly unknown[] = isRows ? files : [new Map([['path', files]])];
    return {
      name: texts(fieldOf(config, 'config_name'))[0] ?? 'default',
      parts: rows.map((row) => ({
        split: normaliseSplit(texts(fieldOf(row, 'split'))[0] ?? 'train'),
        paths: texts(fieldOf(row, 'path')).filter(isPattern),
      })),
    };
  });
};

/** Files by what the dataset's card says of them, and the names of its other configurations. */
export const shardsOf = (
  source: FileSource,
  root: string,
  files: readonly string[],
): { readonly shards: readonly Shard[]; readonly others: readonly string[] } => {
  let configs: readonly CardConfig[] = [];
  try {
    if (source.stat(join(root, 'README.md')).kind === 'file')
      configs = cardConfigs(source.readText(join(root, 'README.md'), maxReadme));
  } catch {
    // No card.
  }
  const matched = configs.map(({ name, parts }) => ({
    name,
    shards: parts.flatMap(({ split, paths }) => {
      // Stars without end would take for ever to match.
      const tests = paths
        .slice(0, 64)
        .filter((path) => path.split('*').length < 9)
        .map(pattern);
      return files
        .filter((file) => tests.some((test) => test.test(file)))
        .map((file) => ({ file, split }));
    }),
  }));
  const filled = matched.filter(({ shards }) => shards.length > 0);
  const chosen = filled.find(({ name }) => name === 'default') ?? filled[0];
  if (chosen === undefined)
    return { shards: files.map((file) => ({ file, split: splitOfShard(file) })), others: [] };
  return {
    shards: chosen.shards,
    others: filled.filter((each) => each !== chosen).map(({ name }) => name),
  };
};
