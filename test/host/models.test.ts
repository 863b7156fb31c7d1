import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/ids';
import { readRun } from '../../src/run/runStore';
import {
  activated,
  eventually,
  executeTask,
  readText,
  taskFor,
  trees,
  workspaceFolder,
  writeText,
} from './support';

const at = (name: string): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), name);

const config = `version: 1
dataset: { root: ./trees }
model: { kind: linear }
stages:
  - { name: train, epochs: 1 }
backend: cpu
`;

/** Titles of all open tabs. */
const tabs = (): readonly string[] =>
  vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

describe('the model of a finished run', () => {
  let folder = '';
  before(async () => {
    await activated();
    await writeText(at('model.longtail.yaml'), config);
    await executeTask(await taskFor('model.longtail.yaml', 'train'));
    const runs = vscode.Uri.joinPath(workspaceFolder(), '.longtail', 'runs');
    const [name] = readdirSync(runs.fsPath);
    folder = vscode.Uri.joinPath(runs, name ?? '').fsPath;
    assert.equal(readRun(folder)?.record.state, 'completed');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(vscode.Uri.file(folder), { recursive: true });
    await vscode.workspace.fs.delete(at('exported'), { recursive: true });
    await vscode.commands.executeCommand(commandIds.forget, trees().fsPath);
  });

  it('predicts the pictures of a folder, and shows a page of them', async () => {
    await vscode.commands.executeCommand(
      commandIds.predict,
      vscode.Uri.joinPath(trees(), 'test'),
      folder,
    );
    // A preview that was open already is filled anew, a little later.
    const title = await eventually(vscode.window.tabGroups.onDidChangeTabs, () =>
      tabs().find((label) => label === 'Preview predictions-test.md'),
    );
    assert.ok(title);
  });

  it('is exported into a folder of its own, and never inside the dataset', async () => {
    const out = at('exported');
    await vscode.workspace.fs.createDirectory(out);
    await vscode.commands.executeCommand(commandIds.exportModel, folder, out.fsPath);
    await vscode.commands.executeCommand(commandIds.exportModel, folder, out.fsPath);
    assert.deepEqual(readdirSync(out.fsPath).sort(), ['longtail-model', 'longtail-model-2']);
    const text = await readText(vscode.Uri.joinPath(out, 'longtail-model', 'longtail-model.json'));
    const { classes } = JSON.parse(text) as { readonly classes: unknown };
    assert.deepEqual(classes, ['birch', 'oak', 'yew']);
    await vscode.commands.executeCommand(commandIds.exportModel, folder, trees().fsPath);
    assert.deepEqual(readdirSync(trees().fsPath).sort(), ['test', 'train']);
  });
});
