import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/ids';
import { readRun } from '../../src/run/runStore';
import { activated, eventually, executeTask, taskFor, workspaceFolder, writeText } from './support';

const config = `version: 1
dataset: { root: ./task-flowers.csv }
input: { kind: tabular }
model: { kind: linear }
stages:
  - { name: train, epochs: 2 }
backend: cpu
`;

const at = (name: string): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), name);

const foldersOfRuns = async (): Promise<readonly string[]> => {
  const runs = vscode.Uri.joinPath(workspaceFolder(), '.longtail', 'runs');
  const names = await Promise.resolve(vscode.workspace.fs.readDirectory(runs)).catch(() => []);
  return names.map(([name]) => vscode.Uri.joinPath(runs, name).fsPath);
};

describe('tasks', () => {
  it('train a config to its end, as a run of the store', async () => {
    await activated();
    const rows = Array.from({ length: 120 }, (_, i) => `${i % 7},${i % 6 === 0 ? 'rose' : 'lily'}`);
    await writeText(at('task-flowers.csv'), `width,label\n${rows.join('\n')}\n`);
    await writeText(at('task.longtail.yaml'), config);
    await executeTask(await taskFor('task.longtail.yaml', 'train'));
    const records = (await foldersOfRuns()).map((folder) => readRun(folder)?.record);
    assert.deepEqual(
      records.map((record) => record?.state),
      ['completed'],
    );
    assert.match(records[0]?.datasetRoot ?? '', /task-flowers\.csv$/);
    await vscode.commands.executeCommand(commandIds.forget, at('task-flowers.csv').fsPath);
  });

  it('leave a run that predicts rows without labels, and shows what it says of them', async () => {
    const [folder] = await foldersOfRuns();
    const rows = at('new-flowers.csv');
    await writeText(rows, 'width\n3\n0\nwide\n');
    await vscode.commands.executeCommand(commandIds.predict, rows, folder);
    const shown = await eventually(vscode.window.tabGroups.onDidChangeTabs, () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ label }) => label.includes('new-flowers.csv.md')),
    );
    assert.ok(shown);
    await vscode.workspace.fs.delete(rows);
  });

  it('offer to compare all recipes too', async () => {
    await taskFor('task.longtail.yaml', 'sweep');
  });

  it('mark the fault of a broken config, and train nothing', async () => {
    const uri = at('broken-task.longtail.yaml');
    await writeText(uri, config.replace('epochs:', 'epoch:'));
    const before = await foldersOfRuns();
    await executeTask(await taskFor('broken-task.longtail.yaml', 'train'));
    const [fault] = await eventually(vscode.languages.onDidChangeDiagnostics, () => {
      const found = vscode.languages.getDiagnostics(uri);
      return found.length > 0 ? found : undefined;
    });
    assert.equal(fault?.range.start.line, 5);
    assert.match(fault.message, /epochs/);
    assert.deepEqual(await foldersOfRuns(), before);
  });
});
