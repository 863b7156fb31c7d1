import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/ids';
import { activated, eventually, trees } from './support';

/** Waits for the tab of a report; true once it is there. */
const opened = async (name: string): Promise<boolean> => {
  const tab = await eventually(vscode.window.tabGroups.onDidChangeTabs, () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ label }) => label.includes(name)),
  );
  return tab.label !== '';
};

describe('samples', () => {
  it('shows what looking into the samples found', async () => {
    await activated();
    await vscode.commands.executeCommand(commandIds.inspect, trees(), 'quick');
    assert.ok(await opened('trees.md'));
  });

  it('proposes a split and writes nothing unasked', async () => {
    await activated();
    const before = await vscode.workspace.fs.readDirectory(trees());
    await vscode.commands.executeCommand(commandIds.proposeSplit, trees(), '0.5,0.5');
    assert.ok(await opened('trees.md'));
    assert.deepEqual(await vscode.workspace.fs.readDirectory(trees()), before);
  });

  it('lists the samples of a class', async () => {
    await activated();
    await vscode.commands.executeCommand(commandIds.showSamples, trees(), 'oak');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });
});
