import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError, type Message } from '../../common/errors';
import { readConfig } from '../../config/combinations';
import { factsOf } from '../../config/facts';
import { dryRun } from '../../config/preview/dryRun';
import { previewMarkdown } from '../../report/preview';
import { earlierRuns } from '../../run/earlierRuns';
import { hasNativeRuntime } from '../../runtime/folder';
import { say } from '../../words/say';
import type { Analysis } from '../datasets';
import { trainerEnvironment } from '../settings';
import type { Language, LanguageServices } from './services';

/** Scheme of the documents that hold previews: text of ours, nothing on a disk. */
const scheme = 'longtail-preview';

/** The preview of a config as Markdown, or why there is none. */
const markdownOf = (
  document: vscode.TextDocument,
  { profile, pictures }: Analysis,
  store: string,
): string | Message => {
  const name = basename(document.uri.path);
  const { config, issues } = readConfig(document.getText(), document.uri.fsPath, factsOf(profile));
  if (config === null) {
    const first = issues.find(({ severity }) => severity === 'error');
    const reason = first === undefined ? '' : say(first);
    return {
      code: 'host/config-invalid',
      params: { file: name, line: first?.line ?? 1, reason },
    };
  }
  try {
    const run = dryRun(config, profile, {
      pictures: pictures ?? undefined,
      earlier: earlierRuns(store),
      backend: hasNativeRuntime(trainerEnvironment()) ? 'native' : 'wasm',
    });
    return previewMarkdown(run, name);
  } catch (error) {
    if (error instanceof LongtailError) return { code: error.code, params: error.params };
    throw error;
  }
};

/** Previews as read-only Markdown documents, shown by the editor's own Markdown page. */
export const createPreviews = ({
  store,
}: LanguageServices): Pick<Language, 'dispose'> & { readonly show: Language['preview'] } => {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
  return {
    show: async (uri, analysis) => {
      const document = await vscode.workspace.openTextDocument(uri);
      const made = markdownOf(document, analysis, store());
      if (typeof made !== 'string') return made;
      const page = uri.with({ scheme, path: `${uri.path}.md`, query: '', fragment: '' });
      texts.set(page.toString(), made);
      changed.fire(page);
      try {
        // Not asked for first: a command of an extension that sleeps is on no list.
        await vscode.commands.executeCommand('markdown.showPreview', page);
      } catch {
        await vscode.window.showTextDocument(page, { preview: false });
      }
      return null;
    },
    dispose: () => {
      void provider.dispose();
      changed.dispose();
      texts.clear();
    },
  };
};
