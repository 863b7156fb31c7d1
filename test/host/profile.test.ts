import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, panelIds } from '../../src/host/ids';
import { activated, eventually, pageTabs, readText, trees, workspaceFolder } from './support';

const { onDidChangeTabs } = vscode.window.tabGroups;

describe('profiles and configs', () => {
  it('opens the profile of a folder, once', async () => {
    await activated();
    await vscode.commands.executeCommand(commandIds.analyze, trees());
    const first = await eventually(onDidChangeTabs, () => pageTabs(panelIds.profile)[0]);
    assert.match(first, /trees/);
    await vscode.commands.executeCommand(commandIds.showProfile, trees().fsPath);
    assert.equal(pageTabs(panelIds.profile).length, 1);
  });

  it('writes a config with reasons outside the dataset, and opens it', async () => {
    const api = await activated();
    await vscode.commands.executeCommand(commandIds.createConfig, trees().fsPath, null);
    const uri = vscode.Uri.joinPath(workspaceFolder(), 'longtail.yaml');
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, uri.fsPath);
    const text = await readText(uri);
    assert.match(text, /^#/);
    const { config, issues } = api.config.read(text, uri.fsPath);
    assert.deepEqual(
      issues.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.equal(config?.dataset.root, './trees');
  });

  it('leaves an equal config alone and asks nothing', async () => {
    const uri = vscode.Uri.joinPath(workspaceFolder(), 'longtail.yaml');
    const before = await readText(uri);
    await vscode.commands.executeCommand(commandIds.createConfig, trees().fsPath, null);
    assert.equal(await readText(uri), before);
    const inside = await vscode.workspace.fs.readDirectory(trees());
    assert.deepEqual(inside.map(([name]) => name).sort(), ['test', 'train']);
  });

  it('takes a dataset off the list and closes its page', async () => {
    await vscode.commands.executeCommand(commandIds.forget, trees().fsPath);
    await eventually(onDidChangeTabs, () =>
      pageTabs(panelIds.profile).length === 0 ? true : undefined,
    );
  });
});
