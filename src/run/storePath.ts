import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

export interface StoreQuestion {
  /** Setting `longtail.storePath` or the shell's own option; relative to the workspace root. */
  readonly setting?: string | undefined;
  readonly workspaceRoot?: string | undefined;
  /** Datasets known to be scanned: nothing is ever written inside one. */
  readonly datasetRoots: readonly string[];
  /** The extension's own storage; absent in a shell. */
  readonly storageFolder?: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const isBelow = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** Where an absolute path really leads, as far as it is there. */
const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), basename(path));
  }
};

/** Whether `path` is `folder` or lies inside it, as they are written or where their links lead. */
export const isInside = (path: string, folder: string): boolean => {
  const [own, around] = [resolve(path), resolve(folder)];
  return isBelow(own, around) || isBelow(realPath(own), realPath(around));
};

/**
 * Where runs are kept: the setting; else `.longtail` at the workspace root (in a shell: the
 * current folder) when that lies outside every dataset; else the extension's storage; else the
 * user's data folder.
 */
export const resolveStore = (question: StoreQuestion): string => {
  const { setting, workspaceRoot, datasetRoots, storageFolder, cwd, env } = question;
  if (setting !== undefined && setting !== '') return resolve(workspaceRoot ?? cwd, setting);
  const root = workspaceRoot ?? (storageFolder === undefined ? cwd : undefined);
  const local = root === undefined ? undefined : join(resolve(root), '.longtail');
  if (local !== undefined && !datasetRoots.some((dataset) => isInside(local, dataset)))
    return local;
  return storageFolder ?? join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'), 'longtail');
};

/** Where index and pixel caches are kept: the extension's storage, else the user's cache folder. */
export const resolveCache = (question: Pick<StoreQuestion, 'storageFolder' | 'env'>): string =>
  question.storageFolder === undefined
    ? join(question.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'longtail')
    : join(question.storageFolder, 'cache');
