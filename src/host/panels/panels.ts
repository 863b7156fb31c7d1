import * as vscode from 'vscode';
import { readPageState, type PageState } from '../../protocol/webview';
import { panelIds } from '../ids';
import { pageOptions, type Page } from './page';
import type { PageName } from './pageHtml';

export interface PanelKind<Model> {
  readonly page: PageName;
  /** One panel a key: the dataset's root, the run's folder. */
  readonly keyOf: (model: Model) => string;
  readonly titleOf: (model: Model) => string;
  /** Fills a panel that was just made for a model. */
  readonly attach: (panel: vscode.WebviewPanel, model: Model, onDispose: () => void) => Page;
  /** Told when a panel that is open already is asked for again. */
  readonly again?: (page: Page, model: Model) => void;
  /** The model of a panel that survived a reload; null = nothing to show any more, close it. */
  readonly restore: (state: PageState) => Promise<Model | null>;
}

/** The panels of one kind, by key; a second request brings the first panel back to the front. */
export interface Panels<Model> {
  show(model: Model): Page;
  find(key: string): Page | undefined;
  dispose(): void;
}

/** Registers the kind for restoring, and keeps at most one panel for each key. */
export const createPanels = <Model>(
  extensionUri: vscode.Uri,
  kind: PanelKind<Model>,
): Panels<Model> => {
  const open = new Map<string, Page>();
  const adopt = (panel: vscode.WebviewPanel, model: Model): Page => {
    const key = kind.keyOf(model);
    panel.title = kind.titleOf(model);
    const page = kind.attach(panel, model, () => {
      if (open.get(key)?.panel === panel) open.delete(key);
    });
    open.set(key, page);
    return page;
  };
  const restoring = vscode.window.registerWebviewPanelSerializer(panelIds[kind.page], {
    deserializeWebviewPanel: async (panel, kept) => {
      const state = readPageState(kept);
      const model = state === null ? null : await kind.restore(state);
      if (model === null) panel.dispose();
      else adopt(panel, model);
    },
  });
  return {
    find: (key) => open.get(key),
    show: (model) => {
      const there = open.get(kind.keyOf(model));
      if (there !== undefined) {
        there.panel.reveal();
        kind.again?.(there, model);
        return there;
      }
      const title = kind.titleOf(model);
      const panel = vscode.window.createWebviewPanel(
        panelIds[kind.page],
        title,
        vscode.ViewColumn.Active,
        pageOptions(extensionUri),
      );
      return adopt(panel, model);
    },
    dispose: () => {
      restoring.dispose();
      for (const { panel } of [...open.values()]) panel.dispose();
    },
  };
};
