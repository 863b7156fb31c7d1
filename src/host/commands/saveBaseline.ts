import { homedir } from 'node:os';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { baselineOf, writeBaseline } from '../../check/baseline';
import { isInside } from '../../run/storePath';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { analysisFor } from '../targets';
import type { Command } from './command';

const ask = (name: string): Thenable<vscode.Uri | undefined> =>
  vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(
      vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir()),
      `${name}.baseline.json`,
    ),
    filters: { JSON: ['json'] },
  });

/** Writes the counts of a profile to a file outside the dataset, to compare later states with. */
export const saveBaselineCommand: Command = {
  id: commandIds.saveBaseline,
  run: async (desk, argument, given) => {
    const analysis = await analysisFor(desk, argument);
    if (analysis === undefined) return;
    const target =
      typeof given === 'string' ? vscode.Uri.file(given) : await ask(basename(analysis.root));
    if (target === undefined) return;
    if (isInside(target.fsPath, analysis.root))
      throw new LongtailError('host/config/inside', { folder: target.fsPath });
    const text = writeBaseline(baselineOf(analysis.profile));
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    vscode.window.setStatusBarMessage(words('host/exported', { file: target.fsPath }), 5000);
  },
};
