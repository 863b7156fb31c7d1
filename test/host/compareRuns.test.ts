import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/ids';
import { createRun, writeRecord } from '../../src/run/runStore';
import { reportOf } from '../support/reports';
import { activated, eventually, pageTabs, trees, workspaceFolder, writeText } from './support';

/** A finished run in the store of the window. */
const finished = async (title: string, recalls: readonly number[]): Promise<string> => {
  const { folder, record } = createRun({
    store: vscode.Uri.joinPath(workspaceFolder(), '.longtail').fsPath,
    title,
    configPath: vscode.Uri.joinPath(workspaceFolder(), 'longtail.yaml').fsPath,
    datasetRoot: trees().fsPath,
  });
  writeRecord(folder, { ...record, state: 'completed', pid: null });
  const report = reportOf({ id: record.id, title, recalls, plain: null });
  await writeText(vscode.Uri.file(`${folder}/report.json`), JSON.stringify(report));
  return folder;
};

describe('comparing runs', () => {
  it('opens one page for the runs that are selected in the list', async () => {
    await activated();
    const folders = [
      await finished('First', [0.9, 0.8, 0.5, 0.1]),
      await finished('Second', [0.8, 0.8, 0.6, 0.5]),
    ];
    const nodes = folders.map((folder) => ({ kind: 'run', folder }));
    await vscode.commands.executeCommand(commandIds.compareRuns, nodes[0], nodes);
    const tab = await eventually(vscode.window.tabGroups.onDidChangeTabs, () =>
      pageTabs('longtail.comparison').find((label) => label === 'Compare: 2 runs'),
    );
    assert.equal(tab, 'Compare: 2 runs');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const folder of folders)
      await vscode.workspace.fs.delete(vscode.Uri.file(folder), { recursive: true });
  });
});
