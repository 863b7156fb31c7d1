import * as vscode from 'vscode';
import { readConfig } from '../../config/combinations';
import type { TextEdit } from '../../config/editor/edits';
import { fixesFor } from '../../config/editor/fixes';
import { staleComment } from '../../config/editor/stale';
import type { PlacedIssue } from '../../config/parse';
import { datasetComment } from '../../recommend/configFor';
import { ruleFactsOf } from '../../recommend/facts';
import { say, words } from '../../words/say';
import type { Datasets } from '../datasets';
import { configSelector, isConfigFile } from './configFiles';
import { analysisOf, factsFor } from './facts';
import { severities } from './severities';

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

/** A diagnostic with the changes that would put it right. */
interface Problem {
  readonly diagnostic: vscode.Diagnostic;
  readonly fixes: () => readonly {
    readonly title: string;
    readonly edits: readonly TextEdit[];
    readonly isPreferred: boolean;
  }[];
}

/** Counts in a comment that are not those of the last scan. */
const staleProblem = (document: vscode.TextDocument, datasets: Datasets): readonly Problem[] => {
  const profile = analysisOf(document, datasets)?.profile;
  if (profile === undefined || profile.classes.length === 0) return [];
  const facts = ruleFactsOf(profile);
  const stale = staleComment(document.getText(), datasetComment(facts));
  if (stale === null) return [];
  const range = new vscode.Range(document.positionAt(stale.from), document.positionAt(stale.to));
  const message = words('guide/stale', { samples: facts.total, classes: facts.present });
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Information);
  diagnostic.source = 'Longtail';
  diagnostic.code = 'guide/stale';
  const title = words('guide/fix/comment');
  return [{ diagnostic, fixes: () => [{ title, edits: stale.edits, isPreferred: true }] }];
};

/** Everything there is to say of a config as it stands. */
const problemsOf = (document: vscode.TextDocument, datasets: Datasets): readonly Problem[] => {
  const text = document.getText();
  const { issues } = readConfig(text, document.uri.fsPath, factsFor(document, datasets));
  return [
    ...issues.map((issue) => ({
      diagnostic: diagnosticOf(document, issue),
      fixes: () =>
        fixesFor(text, issue).map(({ title, edits, isPreferred }) => ({
          title: say(title),
          edits,
          isPreferred,
        })),
    })),
    ...staleProblem(document, datasets),
  ];
};

const actionsOf = (
  document: vscode.TextDocument,
  { diagnostic, fixes }: Problem,
): readonly vscode.CodeAction[] =>
  fixes().map(({ title, edits, isPreferred }) => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    const edit = new vscode.WorkspaceEdit();
    for (const { from, to, text } of edits)
      edit.replace(
        document.uri,
        new vscode.Range(document.positionAt(from), document.positionAt(to)),
        text,
      );
    action.edit = edit;
    action.isPreferred = isPreferred;
    action.diagnostics = [diagnostic];
    return action;
  });

/**
 * Checks open configs as they are typed: syntax, keys, values, combinations, and the dataset if
 * known; offers the changes that put them right.
 */
export const createDiagnostics = (datasets: Datasets): vscode.Disposable => {
  const collection = vscode.languages.createDiagnosticCollection('longtail');
  const check = (document: vscode.TextDocument): void => {
    if (!isConfigFile(document)) return;
    const problems = problemsOf(document, datasets);
    collection.set(
      document.uri,
      problems.map(({ diagnostic }) => diagnostic),
    );
  };
  const checkOpen = (): void => vscode.workspace.textDocuments.forEach(check);
  checkOpen();
  const quickFixes = vscode.languages.registerCodeActionsProvider(
    configSelector,
    {
      provideCodeActions: (document, range) =>
        problemsOf(document, datasets)
          .filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined)
          .flatMap((problem) => actionsOf(document, problem)),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
  return vscode.Disposable.from(
    collection,
    quickFixes,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    datasets.onDidChange(checkOpen),
  );
};
