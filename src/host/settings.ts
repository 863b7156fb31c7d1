import * as vscode from 'vscode';
import { resolveCache, resolveStore } from '../run/storePath';
import { settingIds } from './ids';

const text = (id: string): string => vscode.workspace.getConfiguration().get<string>(id, '').trim();

export const backends = ['auto', 'native', 'wasm', 'cpu'] as const;

/** What new configs train with. */
export const backendSetting = (): (typeof backends)[number] =>
  backends.find((name) => name === text(settingIds.backend)) ?? 'auto';

const rescans = ['ask', 'automatic'] as const;

/** What happens when files of a scanned dataset have changed. */
export const rescanSetting = (): (typeof rescans)[number] =>
  rescans.find((name) => name === text(settingIds.rescan)) ?? 'ask';

/** The first workspace folder on a disk. */
export const workspaceRoot = (): string | undefined =>
  vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;

/** Folder of the runs, by the rule of `resolveStore`; read anew for every command. */
export const storeFolder = (
  context: vscode.ExtensionContext,
  datasets: readonly { readonly root: string }[],
): string =>
  resolveStore({
    setting: text(settingIds.storePath),
    workspaceRoot: workspaceRoot(),
    datasetRoots: datasets.map(({ root }) => root),
    storageFolder: (context.storageUri ?? context.globalStorageUri).fsPath,
    cwd: process.cwd(),
    env: process.env,
  });

/** Folder of index and pixel caches. */
export const cacheFolder = (context: vscode.ExtensionContext): string =>
  resolveCache({ storageFolder: context.globalStorageUri.fsPath, env: process.env });

/** How many runs of this window train at once. */
export const parallelRuns = (): number => {
  const value = vscode.workspace.getConfiguration().get<unknown>(settingIds.parallelRuns, 1);
  return typeof value === 'number' && value >= 1 ? Math.floor(value) : 1;
};

/** The child's environment: ours, with the runtime folder of the setting where one is set. */
export const trainerEnvironment = (): Record<string, string | undefined> => {
  const runtime = text(settingIds.runtimePath);
  return runtime === '' ? process.env : { ...process.env, LONGTAIL_RUNTIME: runtime };
};
