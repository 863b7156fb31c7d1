import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, settingIds } from '../../src/host/ids';
import { activated, eventually, trees, writeText } from './support';

describe('edits of a dataset', () => {
  const added = vscode.Uri.joinPath(trees(), 'train', 'yew', 'added.png');

  it('mark a profile stale, and a scan takes the mark away', async () => {
    const { datasets } = await activated();
    await vscode.commands.executeCommand(commandIds.analyze, trees());
    const own = () => datasets.list().find(({ root }) => root === trees().fsPath);
    const before = own();
    assert.equal(before?.stale, false);
    await writeText(added, '');
    await eventually(datasets.onDidChange, () => (own()?.stale === true ? true : undefined));
    await vscode.commands.executeCommand(commandIds.rescan, trees().fsPath);
    assert.deepEqual(own(), { ...before, samples: before.samples + 1 });
  });

  it('are read at once where that is wanted', async () => {
    const { datasets } = await activated();
    const own = () => datasets.list().find(({ root }) => root === trees().fsPath);
    const { samples } = own() ?? { samples: 0 };
    const settings = vscode.workspace.getConfiguration();
    await settings.update(settingIds.rescan, 'automatic', vscode.ConfigurationTarget.Global);
    try {
      await vscode.workspace.fs.delete(added);
      await eventually(datasets.onDidChange, () =>
        own()?.samples === samples - 1 && !own()?.stale ? true : undefined,
      );
    } finally {
      await settings.update(settingIds.rescan, undefined, vscode.ConfigurationTarget.Global);
    }
    await vscode.commands.executeCommand(commandIds.forget, trees().fsPath);
  });
});
