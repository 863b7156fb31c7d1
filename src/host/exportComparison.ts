import { homedir } from 'node:os';
import { extname, join } from 'node:path';
import * as vscode from 'vscode';
import { comparisonCsv, comparisonData } from '../report/comparison/data';
import { comparedWith, groupsOf } from '../report/comparison/difference';
import { comparisonMarkdown } from '../report/comparison/render';
import type { ComparedRun } from '../report/comparison/types';
import { words } from '../words/say';

/** What one file says, by its ending. */
type Writers = Readonly<Record<string, () => string>>;

const names: Readonly<Record<string, string>> = {
  md: 'Markdown',
  json: 'JSON',
  csv: 'CSV',
};

/** Asks where to, and writes what the ending of that file asks for; the first kind for any other. */
const saveAs = async (usual: string, writers: Writers): Promise<void> => {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(usual),
    filters: Object.fromEntries(Object.keys(writers).map((end) => [names[end] ?? end, [end]])),
  });
  if (target === undefined) return;
  const ending = extname(target.fsPath).slice(1).toLowerCase();
  const write = Object.hasOwn(writers, ending) ? writers[ending] : Object.values(writers)[0];
  if (write === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(write()));
  vscode.window.setStatusBarMessage(words('host/exported', { file: target.fsPath }), 5000);
};

/** A comparison as Markdown, JSON or CSV where the user says; less the group at `reference`. */
export const exportComparison = async (
  runs: readonly ComparedRun[],
  reference: number,
): Promise<void> => {
  const place = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const comparison = comparedWith(groupsOf(runs), reference);
  await saveAs(join(place, 'comparison.md'), {
    md: () => comparisonMarkdown(comparison),
    csv: () => comparisonCsv(comparison),
    json: () => `${JSON.stringify(comparisonData(comparison), null, 2)}\n`,
  });
};
