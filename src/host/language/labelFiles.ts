import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { checkLabelFiles } from '../../dataset/labelFiles';
import type { FileProblem, FileProblems, LabelFix, Span } from '../../dataset/labelFiles/types';
import { isSystemError } from '../../dataset/issues';
import { nodeFileSource } from '../../dataset/nodeFileSource';
import { say, words } from '../../words/say';
import type { Analysis } from '../datasets';
import type { LanguageServices } from './services';
import { severities } from './severities';

/** Files that may hold labels people write. */
const selector: vscode.DocumentSelector = {
  scheme: 'file',
  pattern: '**/*.{csv,tsv,tab,txt,data,dat,lst,list,json,yaml,yml}',
};

const rangeOf = ({ startLine, startColumn, endLine, endColumn }: Span): vscode.Range =>
  new vscode.Range(startLine, startColumn, endLine, endColumn);

const diagnosticOf = ({ severity, message, span }: FileProblem): vscode.Diagnostic => {
  const diagnostic = new vscode.Diagnostic(rangeOf(span), say(message), severities[severity]);
  diagnostic.source = 'Longtail';
  diagnostic.code = message.code;
  return diagnostic;
};

/** A change of a dataset is shown before it is made, and made by the user alone. */
const actionOf = (uri: vscode.Uri, problem: FileProblem, fix: LabelFix): vscode.CodeAction => {
  const action = new vscode.CodeAction(say(fix.title), vscode.CodeActionKind.QuickFix);
  const edit = new vscode.WorkspaceEdit();
  const label = words('labelFiles/preview');
  for (const { span, text } of fix.edits)
    edit.replace(uri, rangeOf(span), text, { needsConfirmation: true, label });
  action.edit = edit;
  action.diagnostics = [diagnosticOf(problem)];
  return action;
};

/** What was found in the label files of one analysis. */
interface Checked {
  readonly analysis: Analysis;
  readonly problems: FileProblems;
}

const check = (analysis: Analysis): FileProblems => {
  const { named, root, profile } = analysis;
  const facts = { classes: profile.classes };
  return checkLabelFiles(profile.dataset.format, {
    ...{ source: nodeFileSource, root, facts },
    options: named,
  });
};

/**
 * Problems in the label files of datasets that were scanned in this window, at their line. Files are
 * read on the disk, never opened; they are looked at again when they are saved.
 */
export const createLabelDiagnostics = ({ datasets, log }: LanguageServices): vscode.Disposable => {
  const collection = vscode.languages.createDiagnosticCollection('longtail.labels');
  const checked = new Map<string, Checked>();
  const drop = (root: string): void => {
    for (const path of checked.get(root)?.problems.keys() ?? [])
      collection.delete(vscode.Uri.file(path));
    checked.delete(root);
  };
  const look = (analysis: Analysis): void => {
    drop(analysis.root);
    let problems: FileProblems = new Map();
    try {
      problems = check(analysis);
    } catch (error) {
      // The files may have changed or gone since the scan; anything else is a defect.
      if (!isSystemError(error) && !(error instanceof LongtailError)) throw error;
      log.warn(String(error));
    }
    checked.set(analysis.root, { analysis, problems });
    for (const [path, own] of problems)
      collection.set(vscode.Uri.file(path), own.map(diagnosticOf));
  };
  const refresh = (): void => {
    const known = new Set(datasets.list().map(({ root }) => root));
    for (const root of [...checked.keys()]) if (!known.has(root)) drop(root);
    for (const root of known) {
      const analysis = datasets.analysis(root);
      if (analysis !== undefined && checked.get(root)?.analysis !== analysis) look(analysis);
    }
  };
  const problemsOf = (uri: vscode.Uri): readonly FileProblem[] =>
    [...checked.values()].flatMap(({ problems }) => problems.get(uri.fsPath) ?? []);
  refresh();
  return vscode.Disposable.from(
    collection,
    datasets.onDidChange(refresh),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      for (const { analysis, problems } of [...checked.values()])
        if (problems.has(uri.fsPath)) look(analysis);
    }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions: (document, range) =>
          // Places are those of the file on the disk.
          document.isDirty
            ? []
            : problemsOf(document.uri)
                .filter(({ span }) => rangeOf(span).intersection(range) !== undefined)
                .flatMap((problem) =>
                  problem.fixes.map((fix) => actionOf(document.uri, problem, fix)),
                ),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
};
