import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { readConfig } from '../../config/combinations';
import { factsOf, type DatasetFacts } from '../../config/facts';
import { parseConfig, type PlacedIssue } from '../../config/parse';
import { resolveConfigPaths } from '../../config/paths';
import { say } from '../../words/say';
import type { Datasets } from '../datasets';
import { isConfigFile } from './configFiles';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

/** The issue at its place; without an end, the rest of its line. */
const diagnosticOf = (document: vscode.TextDocument, issue: PlacedIssue): vscode.Diagnostic => {
  const line = Math.min(Math.max(0, issue.line - 1), Math.max(0, document.lineCount - 1));
  const whole = document.lineAt(line).range;
  const start = Math.max(0, issue.column - 1);
  const end = issue.endColumn === undefined ? whole.end.character : issue.endColumn - 1;
  const range = document.validateRange(
    new vscode.Range(line, start, line, Math.max(end, start + 1)),
  );
  const diagnostic = new vscode.Diagnostic(range, say(issue), severities[issue.severity]);
  diagnostic.source = 'Longtail';
  diagnostic.code = issue.code;
  return diagnostic;
};

/** What is known of the dataset a config names, from a scan in this window. */
const factsFor = (document: vscode.TextDocument, datasets: Datasets): DatasetFacts | null => {
  const { config } = parseConfig(document.getText(), document.uri.fsPath);
  if (config === null) return null;
  const { root } = resolveConfigPaths(config, dirname(document.uri.fsPath)).dataset;
  const profile = datasets.analysis(root)?.profile;
  return profile === undefined ? null : factsOf(profile);
};

/** Checks open configs as they are typed: syntax, keys, values, combinations, and the dataset if known. */
export const createDiagnostics = (datasets: Datasets): vscode.Disposable => {
  const collection = vscode.languages.createDiagnosticCollection('longtail');
  const check = (document: vscode.TextDocument): void => {
    if (!isConfigFile(document)) return;
    const facts = factsFor(document, datasets);
    const { issues } = readConfig(document.getText(), document.uri.fsPath, facts);
    collection.set(
      document.uri,
      issues.map((issue) => diagnosticOf(document, issue)),
    );
  };
  const checkOpen = (): void => vscode.workspace.textDocuments.forEach(check);
  checkOpen();
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    datasets.onDidChange(checkOpen),
  );
};
