import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/ids';
import { activated, eventually, workspaceFolder, writeText } from './support';

const open = async (name: string, text: string): Promise<vscode.TextDocument> => {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  await writeText(uri, text);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
};

const diagnosticsOf = (uri: vscode.Uri): Promise<readonly vscode.Diagnostic[]> =>
  eventually(vscode.languages.onDidChangeDiagnostics, () => {
    const own = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Longtail');
    return own.length > 0 ? own : undefined;
  });

const valid = `version: 1
dataset: { root: ./trees }
model: { kind: linear }
stages:
  - { name: train, epochs: 1 }
`;

describe('configs in the editor', () => {
  it('underlines an unknown key where it stands and names the nearest known one', async () => {
    await activated();
    const { uri } = await open('typo.longtail.yaml', valid.replace('epochs:', 'epoch:'));
    const [first] = await diagnosticsOf(uri);
    assert.equal(first?.range.start.line, 4);
    assert.match(first.message, /epochs/);
  });

  it('checks again as the text changes, and has nothing against a valid config', async () => {
    const document = await open('changing.longtail.yaml', valid.replace('linear', 'lineal'));
    assert.ok((await diagnosticsOf(document.uri)).length > 0);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), valid);
    await vscode.workspace.applyEdit(edit);
    await eventually(vscode.languages.onDidChangeDiagnostics, () =>
      vscode.languages.getDiagnostics(document.uri).every(({ source }) => source !== 'Longtail')
        ? true
        : undefined,
    );
    await document.save();
  });

  it('offers to train, to compare recipes and to show the profile above the first key', async () => {
    const document = await open('lens.longtail.yaml', `# why\n${valid}`);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual(
      lenses.map(({ command, range }) => [command?.command, range.start.line]),
      [
        [commandIds.train, 1],
        [commandIds.sweep, 1],
        [commandIds.showProfile, 1],
      ],
    );
  });

  it('leaves other YAML files alone', async () => {
    const document = await open('other.yaml', 'epochen: 3\n');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual(
      lenses.filter(({ command }) => command?.command === commandIds.train),
      [],
    );
  });
});
