import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, panelIds } from '../../src/host/ids';
import { activated, eventually, pageTabs, readText, trees, workspaceFolder } from './support';

const { onDidChangeTabs } = vscode.window.tabGroups;

describe('comparing profiles', () => {
  it('compares two splits, and now with a baseline outside the dataset', async () => {
    await activated();
    await vscode.commands.executeCommand(commandIds.compare, trees(), 'test');
    const [label] = await eventually(onDidChangeTabs, () =>
      pageTabs(panelIds.profile).length > 0 ? pageTabs(panelIds.profile) : undefined,
    );
    assert.match(label ?? '', /trees/);
    const file = vscode.Uri.joinPath(workspaceFolder(), 'trees.baseline.json');
    await vscode.commands.executeCommand(commandIds.saveBaseline, trees(), file.fsPath);
    assert.match(await readText(file), /longtail\.baseline\/1/);
    await vscode.commands.executeCommand(commandIds.compare, trees(), file.fsPath);
    assert.equal(pageTabs(panelIds.profile).length, 1);
    await vscode.workspace.fs.delete(file);
    await vscode.commands.executeCommand(commandIds.forget, trees().fsPath);
  });
});
