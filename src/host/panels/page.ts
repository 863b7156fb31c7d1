import * as vscode from 'vscode';
import { words } from '../../words/say';
import {
  isFromPage,
  pageProtocolVersion,
  type FromPage,
  type ToPage,
} from '../../protocol/webview';
import { showFailure } from '../failure';
import { pageHtml, type PageName } from './pageHtml';

export interface PageOptions {
  readonly panel: vscode.WebviewPanel;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly page: PageName;
  /** Sends everything there is to show: at the start, and again when a hidden page comes back. */
  readonly onReady: () => Promise<void> | void;
  readonly onMessage: (message: FromPage) => Promise<void> | void;
  readonly onDispose: () => void;
}

/** A panel with a page in it. Nothing is posted before the page said it listens. */
export interface Page {
  readonly panel: vscode.WebviewPanel;
  post(message: ToPage): void;
}

/** What every panel may load. */
export const pageOptions = (extensionUri: vscode.Uri): vscode.WebviewOptions => ({
  enableScripts: true,
  localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
});

/** Fills a panel, new or restored, with its page and connects the two. The panel owns everything. */
export const attachPage = (options: PageOptions): Page => {
  const { panel, extensionUri, log, page } = options;
  const state = { ready: false };
  const post = (message: ToPage): void => {
    if (state.ready) void panel.webview.postMessage(message);
  };
  const answer = async (message: FromPage): Promise<void> => {
    if (message.kind === 'page/error') return log.error(message.detail);
    if (message.kind !== 'page/ready') return options.onMessage(message);
    state.ready = true;
    if (message.version === pageProtocolVersion) return options.onReady();
    post({ kind: 'page/failed', message: { code: 'host/page-version', params: {} } });
  };
  panel.webview.onDidReceiveMessage((message: unknown) => {
    if (!isFromPage(message)) return log.warn(words('host/log/strange-message', { page }));
    answer(message).catch((error: unknown) => void showFailure(log, error));
  });
  // A hidden page is gone; it says ready again when it is built anew.
  panel.onDidChangeViewState(() => {
    if (!panel.visible) state.ready = false;
  });
  panel.onDidDispose(options.onDispose);
  panel.webview.options = pageOptions(extensionUri);
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
  panel.webview.html = pageHtml(panel.webview, extensionUri, page);
  return { panel, post };
};
