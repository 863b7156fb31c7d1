import * as vscode from 'vscode';
import { words } from '../../words/say';
import {
  isFromPage,
  pageProtocolVersion,
  type FromPage,
  type ToPage,
} from '../../protocol/webview';
import { guarded } from '../failure';
import { pageHtml, type PageName } from './pageHtml';
import { saveFromPage } from './saveFromPage';

/** What a page may ask for, one a kind. */
export type Handlers = {
  readonly [K in FromPage['kind']]?: (
    message: Extract<FromPage, { kind: K }>,
  ) => Promise<void> | void;
};

export interface PageOptions {
  readonly panel: vscode.WebviewPanel;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly page: PageName;
  /** Sends everything there is to show: at the start, and again when a hidden page comes back. */
  readonly onReady: () => Promise<void> | void;
  /** What the page may ask for; a kind that is missing here is not this page's. */
  readonly handlers: Handlers;
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
  const ready = async (version: number): Promise<void> => {
    state.ready = true;
    if (version === pageProtocolVersion) await options.onReady();
    else post({ kind: 'page/failed', message: { code: 'host/page-version', params: {} } });
  };
  const handlers = {
    'page/ready': ({ version }: { version: number }) => ready(version),
    'page/error': ({ detail }: { detail: string }) => log.error(detail),
    'page/save': saveFromPage,
    ...options.handlers,
  } as Readonly<Record<string, ((message: FromPage) => Promise<void> | void) | undefined>>;
  panel.webview.onDidReceiveMessage((message: unknown) => {
    if (isFromPage(message)) void guarded(log, async () => handlers[message.kind]?.(message))();
    else log.warn(words('host/log/strange-message', { page }));
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
