import * as vscode from 'vscode';
import { configPattern } from './ids';

/** Whether a path is a config's, by its name. */
export const isConfigPath = (path: string): boolean => /(^|[/\\.])longtail\.ya?ml$/.test(path);

const most = 50;

/** The configs that lie directly in the workspace folders. */
const configsAtRoots = async (): Promise<readonly vscode.Uri[]> => {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = folders.map(async ({ uri }) => {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.flatMap(([name, type]) =>
      type === vscode.FileType.File && isConfigPath(name) ? [vscode.Uri.joinPath(uri, name)] : [],
    );
  });
  return (await Promise.all(found)).flat().slice(0, most);
};

/** Config files of the workspace. Where the editor cannot search, those directly in its folders. */
export const configsOfWorkspace = async (): Promise<readonly vscode.Uri[]> => {
  try {
    return await vscode.workspace.findFiles(configPattern, '**/{node_modules,.longtail}/**', most);
  } catch {
    return configsAtRoots();
  }
};
