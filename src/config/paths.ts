import type { FormatOptions } from '../dataset/types';
import type { RebalanceConfig } from './schema';

const isAbsolute = (path: string): boolean => /^([/\\]|[A-Za-z]:[/\\])/.test(path);

/** Splits into what may not be climbed out of (`/`, `C:/`, `//host/share/`) and the parts after it. */
const split = (path: string): { readonly top: string; readonly parts: readonly string[] } => {
  const slashes = path.replaceAll('\\', '/');
  const top = /^(\/\/[^/]+\/[^/]+\/?|[A-Za-z]:\/|\/)/.exec(slashes)?.[0] ?? '';
  const parts: string[] = [];
  for (const part of slashes.slice(top.length).split('/')) {
    if (part === '' || part === '.') continue;
    const climbs = part === '..' && (parts.length > 0 ? parts.at(-1) !== '..' : top !== '');
    if (climbs) parts.pop();
    else parts.push(part);
  }
  return { top: top === '' || top.endsWith('/') ? top : `${top}/`, parts };
};

/** A path of the config as an absolute one, with `/`; `folder` is the absolute folder of the file. */
export const resolvePath = (folder: string, path: string): string => {
  const { top, parts } = split(isAbsolute(path) ? path : `${folder}/${path}`);
  return top + parts.join('/');
};

/**
 * The path from `folder` to `target`, both absolute, as a config writes it (`./data`, `../data`);
 * the absolute target where they share no root.
 */
export const relativePath = (folder: string, target: string): string => {
  const from = split(folder);
  const to = split(target);
  if (from.top.toLowerCase() !== to.top.toLowerCase()) return to.top + to.parts.join('/');
  let shared = 0;
  while (shared < from.parts.length && from.parts[shared] === to.parts[shared]) shared++;
  const up = from.parts.slice(shared).map(() => '..');
  const rest = [...up, ...to.parts.slice(shared)];
  return up.length === 0 ? ['.', ...rest].join('/') : rest.join('/');
};

/** The dataset of a config with absolute paths; `folder` is the absolute folder the file lies in. */
export const resolveDataset = (
  dataset: RebalanceConfig['dataset'],
  folder: string,
): RebalanceConfig['dataset'] => ({
  ...dataset,
  root: resolvePath(folder, dataset.root),
  ...(dataset.splitLists === undefined
    ? {}
    : { splitLists: resolvePath(folder, dataset.splitLists) }),
});

/** The config with the paths of its dataset absolute. */
export const resolveConfigPaths = (config: RebalanceConfig, folder: string): RebalanceConfig => ({
  ...config,
  dataset: resolveDataset(config.dataset, folder),
});

/** What was named for a scan as a config in `folder` writes it: lists by the way to them. */
export const namedFrom = (folder: string, named: FormatOptions): FormatOptions => ({
  ...named,
  ...(named.splitLists === undefined ? {} : { splitLists: relativePath(folder, named.splitLists) }),
});
