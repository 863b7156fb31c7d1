import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/ids';
import { activated, eventually, workspaceFolder, writeText } from './support';

describe('correcting predictions', () => {
  it('shows every class before and after, and writes nothing beside the file', async () => {
    await activated();
    const uri = vscode.Uri.joinPath(workspaceFolder(), 'outputs.csv');
    // Three classes, 8 items each; the model leans on the first.
    const rows = Array.from({ length: 24 }, (_, i) => {
      const z = [0, 1, 2].map(
        (j) => (i % 3 === j ? 2 : 0) + [2, 0.5, -1][j]! + ((i * 7 + j) % 5) / 5,
      );
      return [['birch', 'oak', 'yew'][i % 3], ...z].join(',');
    });
    await writeText(uri, `label,logit_birch,logit_oak,logit_yew\n${rows.join('\n')}\n`);
    const counts = { birch: 900, oak: 90, yew: 10 };
    await vscode.commands.executeCommand(commandIds.correct, uri, { trained: 'plain', counts });
    const shown = await eventually(vscode.window.tabGroups.onDidChangeTabs, () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ label }) => label.includes('outputs.csv.md')),
    );
    assert.ok(shown);
    const beside = await vscode.workspace.fs.readDirectory(workspaceFolder());
    assert.ok(!beside.some(([name]) => /^(predictions|posthoc)/.test(name)));
    await vscode.workspace.fs.delete(uri);
  });
});
