import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { LongtailApi } from '../../src/host/api';
import { taskIds } from '../../src/host/ids';

/** The extension, activated. */
export const activated = async (): Promise<LongtailApi> => {
  const extension = vscode.extensions.getExtension<LongtailApi>('longtail.longtail');
  assert.ok(extension, 'the extension is not loaded');
  return extension.activate();
};

/** The folder the window has open. */
export const workspaceFolder = (): vscode.Uri => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the window has no folder');
  return folder.uri;
};

/** The small dataset of the workspace: birch 12, oak 6, yew 2 in train, two of each in test. */
export const trees = (): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), 'trees');

/** Waits for an event after which `read` gives a value; the suite's time limit ends a wait in vain. */
export const eventually = <T>(
  event: vscode.Event<unknown>,
  read: () => T | undefined,
): Promise<T> => {
  const now = read();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve) => {
    const listening = event(() => {
      const value = read();
      if (value === undefined) return;
      listening.dispose();
      resolve(value);
    });
  });
};

/** Titles of the open tabs whose page is of this kind. */
export const pageTabs = (viewType: string): readonly string[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType),
    )
    .map(({ label }) => label);

export const writeText = (uri: vscode.Uri, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));

export const readText = async (uri: vscode.Uri): Promise<string> =>
  new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

/** The task of ours that does something with a config of the window's folder. */
export const taskFor = async (name: string, command: string): Promise<vscode.Task> => {
  const tasks = await vscode.tasks.fetchTasks({ type: taskIds.type });
  const task = tasks.find(
    ({ definition }) => definition['config'] === name && definition['command'] === command,
  );
  assert.ok(task, `no task to ${command} ${name}`);
  return task;
};

/** Runs a task to its end. */
export const executeTask = async (task: vscode.Task): Promise<void> => {
  const ended = new Promise<void>((resolve) => {
    const listening = vscode.tasks.onDidEndTask(({ execution }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve();
    });
  });
  await vscode.tasks.executeTask(task);
  await ended;
};
