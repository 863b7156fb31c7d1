import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../common/errors';
import { words } from '../words/say';
import type { StoredRun } from '../run/runStore';
import type { Analysis } from './datasets';
import { runTitle } from '../run/runTitles';
import { analyzeWithProgress, datasetRoot } from './analyze';
import type { Host } from './host';

/** What a tree hands to its commands. */
export interface DatasetNode {
  readonly kind: 'dataset';
  readonly root: string;
}
export interface RunNode {
  readonly kind: 'run';
  readonly folder: string;
}

const isNode = (value: unknown, kind: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === kind;

/** A path out of whatever a command was called with: explorer, tree, API; undefined = ask. */
export const pathOf = (argument: unknown): string | undefined => {
  if (typeof argument === 'string') return argument;
  if (argument instanceof vscode.Uri) {
    if (argument.scheme !== 'file')
      throw new LongtailError('host/not-on-disk', { scheme: argument.scheme });
    return argument.fsPath;
  }
  if (isNode(argument, 'dataset')) return String(argument['root']);
  return undefined;
};

/** Folder of a run out of a command's argument. */
export const runFolderOf = (argument: unknown): string | undefined =>
  typeof argument === 'string'
    ? argument
    : isNode(argument, 'run')
      ? String(argument['folder'])
      : undefined;

interface PathItem extends vscode.QuickPickItem {
  readonly path: string | null;
}

const browse = async (): Promise<string | undefined> => {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: true,
    canSelectFolders: true,
    canSelectMany: false,
    openLabel: words('host/pick/browse-button'),
    title: words('host/pick/browse-title'),
  });
  return chosen?.[0]?.fsPath;
};

/** Asks for a dataset: the known ones, the workspace folders, or any path. Undefined = dismissed. */
export const askForDataset = async ({ datasets }: Host): Promise<string | undefined> => {
  const known = datasets.list().map(({ root }): PathItem => ({
    label: basename(root),
    description: root,
    iconPath: new vscode.ThemeIcon('database'),
    path: root,
  }));
  const taken = new Set(known.map(({ path }) => path));
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file' && !taken.has(datasetRoot(uri.fsPath)))
    .map(({ name, uri }): PathItem => ({
      label: name,
      description: uri.fsPath,
      iconPath: new vscode.ThemeIcon('folder'),
      path: uri.fsPath,
    }));
  const other: PathItem = {
    label: words('host/pick/browse'),
    iconPath: new vscode.ThemeIcon('folder-opened'),
    path: null,
  };
  const chosen = await vscode.window.showQuickPick([...known, ...folders, other], {
    placeHolder: words('host/pick/dataset'),
    matchOnDescription: true,
  });
  if (chosen === undefined) return undefined;
  return chosen.path ?? (await browse());
};

/** The analysis a command is about: of this window where there is one, else scanned; asks if need be. */
export const analysisFor = async (host: Host, argument: unknown): Promise<Analysis | undefined> => {
  const path = pathOf(argument) ?? (await askForDataset(host));
  if (path === undefined) return undefined;
  const root = datasetRoot(path);
  const known = host.datasets.list().find((dataset) => dataset.root === root);
  return (
    host.datasets.analysis(root) ??
    (await analyzeWithProgress(host, path, known === undefined ? {} : { format: known.options }))
  );
};

/** Asks for a run among those that fit; one that is alone is taken without asking. */
export const askForRun = async (
  { runs }: Host,
  placeHolder: string,
  fits: (run: StoredRun) => boolean,
): Promise<string | undefined> => {
  const found = runs.list().filter(fits);
  const only = found[0];
  if (only === undefined) throw new LongtailError('host/no-such-run');
  if (found.length === 1) return only.folder;
  const items = found.map(({ folder, record }) => ({
    label: runTitle({ folder, record }),
    description: words(`host/run-state/${record.state}`),
    detail: record.createdAt,
    folder,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.folder;
};

/** Folder of the finished run a command is about; asks if need be. Undefined = dismissed. */
export const finishedRunFor = async (
  host: Host,
  argument: unknown,
  placeHolder: string,
): Promise<string | undefined> =>
  runFolderOf(argument) ??
  (await askForRun(host, placeHolder, ({ record }) => record.state === 'completed'));
