import * as vscode from 'vscode';
import {
  frameworks,
  snippetParts,
  type Framework,
  type SnippetPart,
} from '../../exporters/snippets/types';
import { makeSnippet } from '../../exporters/thread/client';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { shownAnalysisFor } from '../shownAnalysis';
import type { Command } from './command';

interface SnippetItem extends vscode.QuickPickItem {
  readonly framework?: Framework;
  readonly part?: SnippetPart;
}

const itemsOf = (): readonly SnippetItem[] =>
  frameworks.flatMap((framework): SnippetItem[] => {
    const title = words(`exporters/title-${framework}`);
    return [
      { label: title, kind: vscode.QuickPickItemKind.Separator },
      ...snippetParts.map((part): SnippetItem => ({
        label: words('host/copy/item', { framework: title, part: words(`exporters/part-${part}`) }),
        detail: words(`host/copy/${part}`),
        framework,
        part,
      })),
    ];
  });

/** Puts a snippet with the counts of a dataset on the clipboard: no config needed, one choice. */
export const copyAsCodeCommand: Command = {
  id: commandIds.copyAsCode,
  run: async (desk, argument) => {
    const analysis = await shownAnalysisFor(desk, argument);
    if (analysis === undefined) return;
    const chosen = await vscode.window.showQuickPick(itemsOf(), {
      placeHolder: words('host/copy/pick'),
      matchOnDetail: true,
    });
    if (chosen?.framework === undefined || chosen.part === undefined) return;
    const { profile } = analysis;
    const { framework, part } = chosen;
    const text = await makeSnippet(desk.paths.exportWorker, { profile, framework, part });
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(words('host/copy/done', { what: chosen.label }), 6000);
  },
};
