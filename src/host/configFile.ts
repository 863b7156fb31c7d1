import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { namedFrom, relativePath } from '../config/paths';
import { serializeConfig } from '../config/serialize';
import { recipeConfigFor, type Recipe } from '../recommend/configFor';
import { isInside } from '../run/storePath';
import { words } from '../words/say';
import type { Analysis } from './datasets';
import { backendSetting, workspaceRoot } from './settings';

/** Text of `longtail.yaml` for a dataset: the recipe of the advice, or the plain one, with reasons. */
export const configText = (
  { profile, named, pictures, root, classes, bandsSet }: Analysis,
  recipe: Recipe | null,
  folder: string,
): string => {
  const from = folder.replaceAll('\\', '/');
  const made = recipeConfigFor(
    profile,
    {
      root: relativePath(from, root),
      ...(pictures ?? {}),
      named: namedFrom(from, named),
      ...(classes === undefined ? {} : { classes }),
      ...(bandsSet === undefined ? {} : { bands: bandsSet }),
    },
    recipe,
  );
  return serializeConfig({ ...made.config, backend: backendSetting() }, made.comments);
};

const readIfThere = async (uri: vscode.Uri): Promise<string | null> => {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
};

/** First of `longtail.yaml`, `longtail-2.longtail.yaml` … that is free or holds this text already. */
const freeName = async (folder: string, text: string): Promise<vscode.Uri> => {
  for (let i = 2; ; i++) {
    const uri = vscode.Uri.file(join(folder, `recipe-${i}.longtail.yaml`));
    const there = await readIfThere(uri);
    if (there === null || there === text) return uri;
  }
};

/** The workspace root, unless that lies inside the dataset or there is none: then the user is asked. */
const folderFor = async (root: string): Promise<string | undefined> => {
  const workspace = workspaceRoot();
  if (workspace !== undefined && !isInside(workspace, root)) return workspace;
  const place = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.Uri.file(dirname(root)),
    openLabel: words('host/config/folder-button'),
    title: words('host/config/folder-title', { name: basename(root) }),
  });
  const chosen = place?.[0]?.fsPath;
  if (chosen === undefined || !isInside(chosen, root)) return chosen;
  await vscode.window.showWarningMessage(words('host/config/inside', { folder: chosen }));
  return undefined;
};

/** Where to write: the usual name, or what the user says when that file holds something else. */
const fileFor = async (folder: string, text: string): Promise<vscode.Uri | undefined> => {
  const usual = vscode.Uri.file(join(folder, 'longtail.yaml'));
  const there = await readIfThere(usual);
  if (there === null || there === text) return usual;
  const replace = words('host/config/replace');
  const keep = words('host/config/keep-both');
  const message = words('host/config/exists', { file: vscode.workspace.asRelativePath(usual) });
  const options = { modal: true, detail: words('host/config/exists-detail') };
  const answer = await vscode.window.showWarningMessage(message, options, replace, keep);
  if (answer === replace) return usual;
  return answer === keep ? freeName(folder, text) : undefined;
};

/**
 * Writes a config outside the dataset and opens it. Asks where there is no place for it, and before
 * anything is overwritten. Undefined when the user backed out.
 */
export const createConfigFile = async (
  analysis: Analysis,
  recipe: Recipe | null,
): Promise<vscode.Uri | undefined> => {
  const folder = await folderFor(analysis.root);
  if (folder === undefined) return undefined;
  const text = configText(analysis, recipe, folder);
  const uri = await fileFor(folder, text);
  if (uri === undefined) return undefined;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
};

/** Opens a text file beside what is shown. */
export const openText = async (uri: vscode.Uri): Promise<void> => {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
};
