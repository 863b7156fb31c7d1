import type * as vscode from 'vscode';
import type { Message } from '../../common/errors';
import type { Analysis, Datasets } from '../datasets';

/** What the language features take from the extension. */
export interface LanguageServices {
  readonly datasets: Datasets;
  readonly log: vscode.LogOutputChannel;
  /** Folder of the runs: earlier ones tell how long a step takes. */
  readonly store: () => string;
}

/** Everything the editor offers for configs and label files, once it is loaded. */
export interface Language {
  /** Shows what a config would do; why it cannot, or null. */
  preview(uri: vscode.Uri, analysis: Analysis): Promise<Message | null>;
  dispose(): void;
}

/** What the bundle `language.js` exports. */
export interface LanguageModule {
  createLanguage(services: LanguageServices): Language;
}
