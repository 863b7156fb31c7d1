import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { parseConfig } from '../../config/parse';
import { resolveDataset } from '../../config/paths';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { configSelector } from './configFiles';

/** First line that is no comment: the lenses stand where the config begins. */
const firstLine = (document: vscode.TextDocument): number => {
  for (let line = 0; line < document.lineCount; line++) {
    const text = document.lineAt(line).text.trim();
    if (text !== '' && !text.startsWith('#')) return line;
  }
  return 0;
};

const lensesOf = (document: vscode.TextDocument): vscode.CodeLens[] => {
  const range = new vscode.Range(firstLine(document), 0, firstLine(document), 0);
  const train = new vscode.CodeLens(range, {
    command: commandIds.train,
    title: words('host/lens/train'),
    arguments: [document.uri],
  });
  const sweep = new vscode.CodeLens(range, {
    command: commandIds.sweep,
    title: words('host/lens/sweep'),
    arguments: [document.uri],
  });
  const preview = new vscode.CodeLens(range, {
    command: commandIds.preview,
    title: words('host/lens/preview'),
    arguments: [document.uri],
  });
  const code = new vscode.CodeLens(range, {
    command: commandIds.export,
    title: words('host/lens/export'),
    arguments: [document.uri],
  });
  const { config } = parseConfig(document.getText(), document.uri.fsPath);
  if (config === null) return [train, preview, code, sweep];
  const { root } = resolveDataset(config.dataset, dirname(document.uri.fsPath));
  const profile = new vscode.CodeLens(range, {
    command: commandIds.showProfile,
    title: words('host/lens/profile'),
    arguments: [root],
  });
  return [train, preview, code, sweep, profile];
};

/** "Train", "Preview", "Export", "Compare All Recipes" and "Show Profile" above a config. */
export const createCodeLenses = (): vscode.Disposable =>
  vscode.languages.registerCodeLensProvider(configSelector, { provideCodeLenses: lensesOf });
