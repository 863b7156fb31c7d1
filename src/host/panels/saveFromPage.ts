import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { FromPage } from '../../protocol/webview';
import { words } from '../../words/say';

type SaveMessage = Extract<FromPage, { kind: 'page/save' }>;

const endings = { svg: 'SVG', png: 'PNG', csv: 'CSV' };

/** Letters that every file system takes. */
const fileName = (name: string): string => name.replaceAll(/[^\w-]+/g, '-');

/** Writes what a page made, a drawing or its numbers, where the user says. */
export const saveFromPage = async ({ name, format, content }: SaveMessage): Promise<void> => {
  if (!Object.hasOwn(endings, format)) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, `${fileName(name)}.${format}`),
    filters: { [endings[format]]: [format] },
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(
    target,
    Buffer.from(content, format === 'png' ? 'base64' : 'utf8'),
  );
  vscode.window.setStatusBarMessage(words('host/exported', { file: target.fsPath }), 5000);
};
