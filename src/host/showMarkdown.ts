import * as vscode from 'vscode';
import { openText } from './configFile';
import type { Host } from './host';

const preview = 'markdown.showPreview';

/** Writes a text into the extension's own storage, by a name with a folder, and shows its preview. */
export const showMarkdown = async (
  { context }: Pick<Host, 'context'>,
  name: string,
  markdown: string,
): Promise<void> => {
  const uri = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(markdown));
  const known = await vscode.commands.getCommands(true);
  // An editor may come without the Markdown extension.
  if (known.includes(preview)) await vscode.commands.executeCommand(preview, uri);
  else await openText(uri);
};
