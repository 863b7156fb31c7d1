import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/ids';
import { activated, eventually, readText, trees, workspaceFolder } from './support';

/** Waits for the page of a comparison; true once it is there. */
const opened = async (name: string): Promise<boolean> => {
  const tab = await eventually(vscode.window.tabGroups.onDidChangeTabs, () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ label }) => label.includes(name)),
  );
  return tab.label !== '';
};

describe('comparing profiles', () => {
  it('compares two splits, and now with a baseline outside the dataset', async () => {
    await activated();
    await vscode.commands.executeCommand(commandIds.compare, trees(), 'test');
    assert.ok(await opened('trees against test'));
    const file = vscode.Uri.joinPath(workspaceFolder(), 'trees.baseline.json');
    await vscode.commands.executeCommand(commandIds.saveBaseline, trees(), file.fsPath);
    assert.match(await readText(file), /longtail\.baseline\/1/);
    await vscode.commands.executeCommand(commandIds.compare, trees(), file.fsPath);
    assert.ok(await opened('trees against trees.baseline.json'));
    await vscode.workspace.fs.delete(file);
    await vscode.commands.executeCommand(commandIds.forget, trees().fsPath);
  });
});
