import * as vscode from 'vscode';
import { resolvePath } from '../../config/paths';
import { words } from '../../words/say';
import type { Desk } from '../commands/command';
import { configsOfWorkspace } from '../configsOfWorkspace';
import { taskIds } from '../ids';
import { workspaceRoot } from '../settings';
import { createTrainingTerminal } from './terminal';

const kinds = ['train', 'sweep'] as const;
type Kind = (typeof kinds)[number];

const kindOf = ({ command }: vscode.TaskDefinition): Kind =>
  kinds.find((kind) => kind === command) ?? 'train';

const configOf = ({ config }: vscode.TaskDefinition): string =>
  typeof config === 'string' ? config : '';

const folderOf = (scope: vscode.Task['scope']): string | undefined =>
  typeof scope === 'object' ? scope.uri.fsPath : workspaceRoot();

/** A task that starts a run as every other start does: same store, same queue, same page. */
const taskOf = (
  desk: Desk,
  definition: vscode.TaskDefinition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope,
): vscode.Task => {
  const name = words(`host/task/name/${kindOf(definition)}`, { config: configOf(definition) });
  // The definition as it is resolved: variables of tasks.json stand in it with their values.
  const execution = new vscode.CustomExecution((resolved) => {
    const folder = folderOf(scope) ?? '';
    const configPath = resolvePath(folder.replaceAll('\\', '/'), configOf(resolved));
    const sweep = kindOf(resolved) === 'sweep';
    return Promise.resolve(createTrainingTerminal(desk, { configPath, sweep }));
  });
  return new vscode.Task(definition, scope, name, taskIds.type, execution, [taskIds.matcher]);
};

const tasksOf = (desk: Desk, uri: vscode.Uri): readonly vscode.Task[] => {
  const scope = vscode.workspace.getWorkspaceFolder(uri);
  if (scope === undefined || uri.scheme !== 'file') return [];
  const config = vscode.workspace.asRelativePath(uri, false);
  return kinds.map((command) => taskOf(desk, { type: taskIds.type, command, config }, scope));
};

/** Tasks for every config of the workspace, and those that tasks.json names. */
export const registerTasks = (desk: Desk): vscode.Disposable =>
  vscode.tasks.registerTaskProvider(taskIds.type, {
    provideTasks: async () => (await configsOfWorkspace()).flatMap((uri) => tasksOf(desk, uri)),
    resolveTask: ({ definition, scope }) =>
      configOf(definition) === ''
        ? undefined
        : taskOf(desk, definition, scope ?? vscode.TaskScope.Workspace),
  });
