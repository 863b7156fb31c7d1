import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export type PageName = 'profile' | 'run' | 'report' | 'compare';

/**
 * The empty document of a page: script and style of our own, nothing inline, no data. What the page
 * shows comes by message.
 */
export const pageHtml = (
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  page: PageName,
): string => {
  const nonce = randomBytes(16).toString('base64');
  const local = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${local(`${page}.css`)}">
<title>Longtail</title>
</head>
<body>
<main id="page"></main>
<script nonce="${nonce}" src="${local(`${page}.js`)}"></script>
</body>
</html>`;
};
