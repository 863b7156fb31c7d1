import * as vscode from 'vscode';
import { completionsAt, type Completion } from '../../config/editor/completions';
import { words } from '../../words/say';
import type { Datasets } from '../datasets';
import { configSelector } from './configFiles';
import { factsFor } from './facts';
import { guideMarkdown } from './guideText';

const kinds = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  class: vscode.CompletionItemKind.Value,
  split: vscode.CompletionItemKind.Value,
} as const;

const detailOf = ({ what, count }: Completion): string | undefined =>
  what === 'class'
    ? words('guide/class', { count: count ?? 0 })
    : what === 'split'
      ? words('guide/split')
      : undefined;

const itemOf = (
  document: vscode.TextDocument,
  one: Completion,
  at: number,
): vscode.CompletionItem => {
  const item = new vscode.CompletionItem(one.label, kinds[one.what]);
  const range = new vscode.Range(document.positionAt(one.from), document.positionAt(one.to));
  item.range = range;
  item.insertText = new vscode.SnippetString(one.snippet);
  // The word is matched with its quotes, where it has some.
  item.filterText = one.snippet.startsWith('"') ? one.snippet : one.label;
  // The schema's order is that of the flow; classes come by their place in the dataset.
  item.sortText = String(at).padStart(5, '0');
  const detail = detailOf(one);
  if (detail !== undefined) item.detail = detail;
  if (one.guide !== null) item.documentation = guideMarkdown(one.guide, false);
  // A kind or class is the next question.
  if (/\$0/.test(one.snippet) && one.what === 'key')
    item.command = { command: 'editor.action.triggerSuggest', title: one.label };
  return item;
};

/** Keys, kinds, classes and splits where they may stand, with what each is for. */
export const createCompletion = (datasets: Datasets): vscode.Disposable =>
  vscode.languages.registerCompletionItemProvider(
    configSelector,
    {
      provideCompletionItems: (document, position) =>
        completionsAt(
          document.getText(),
          document.offsetAt(position),
          factsFor(document, datasets),
        ).map((one, at) => itemOf(document, one, at)),
    },
    ' ',
    '{',
    '[',
    '"',
  );
