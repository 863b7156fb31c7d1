import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/ids';
import { activated, eventually, workspaceFolder, writeText } from './support';

describe('exporting code', () => {
  it('writes the sampler of a table into a folder of its own and opens it', async () => {
    await activated();
    const uri = vscode.Uri.joinPath(workspaceFolder(), 'export-me.csv');
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${i < 50 ? 'elm' : 'ash'}`);
    await writeText(uri, `x,label\n${rows.join('\n')}\n`);
    const folder = workspaceFolder().fsPath;
    await vscode.commands.executeCommand(commandIds.export, uri, { to: 'pytorch', folder });
    const opened = await eventually(vscode.window.onDidChangeActiveTextEditor, () =>
      vscode.window.visibleTextEditors.find(({ document }) =>
        document.fileName.endsWith('class_balance.py'),
      ),
    );
    assert.match(opened.document.getText(), /"ash": 10,/);
    const made = vscode.Uri.joinPath(workspaceFolder(), 'longtail-pytorch');
    const names = (await vscode.workspace.fs.readDirectory(made)).map(([name]) => name).sort();
    assert.deepEqual(names, ['class_balance.py', 'longtail.yaml']);
    await vscode.workspace.fs.delete(made, { recursive: true });
    await vscode.workspace.fs.delete(uri);
  });
});
