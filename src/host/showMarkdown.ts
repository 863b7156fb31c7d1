import * as vscode from 'vscode';
import { openText } from './configFile';
import type { Host } from './host';

/** Where a text is kept in the extension's own storage, by a name with a folder. */
export const markdownUri = ({ context }: Pick<Host, 'context'>, name: string): vscode.Uri =>
  vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, name);

/** Shows a Markdown file as its reader sees it. */
export const previewMarkdown = async (uri: vscode.Uri): Promise<void> => {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // An editor may come without the Markdown extension. Asked for its commands beforehand, an editor
    // would not name those of an extension that has not been needed yet.
    await openText(uri);
  }
};

/** Writes a text to its place in the extension's own storage and shows its preview. */
export const showMarkdown = async (
  host: Pick<Host, 'context'>,
  name: string,
  markdown: string,
): Promise<void> => {
  const uri = markdownUri(host, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(markdown));
  await previewMarkdown(uri);
};
