import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { runFolderOf } from '../targets';
import { runTitle } from '../../run/runTitles';
import type { Command, Desk } from './command';

const askForRuns = async (
  { runs }: Desk,
  first: string | undefined,
): Promise<readonly string[] | undefined> => {
  const done = runs.list().filter(({ record }) => record.state === 'completed');
  if (done.length < 2) throw new LongtailError('host/compare-runs/two');
  const items = done.map((run) => ({
    label: runTitle(run),
    description: run.record.datasetRoot,
    detail: run.record.createdAt,
    folder: run.folder,
    picked: run.folder === first,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    placeHolder: words('host/pick/compare-runs'),
  });
  // The one it was called for stands first: the others are held against it.
  return chosen
    ?.map(({ folder }) => folder)
    .sort((a, b) => Number(b === first) - Number(a === first));
};

/** Folders among what a tree hands over: the item that was clicked, and all that are selected. */
const selectedFolders = (argument: unknown, selected: unknown): readonly string[] => {
  const all: readonly unknown[] = Array.isArray(selected) ? selected : [argument];
  return all.flatMap((one) => runFolderOf(one) ?? []);
};

/** Compares runs: those selected in the list, or chosen from it. */
export const compareRunsCommand: Command = {
  id: commandIds.compareRuns,
  run: async (desk, argument, selected) => {
    const given = selectedFolders(argument, selected);
    const folders = given.length > 1 ? given : await askForRuns(desk, given[0]);
    if (folders === undefined || folders.length === 0) return;
    const open = folders.find((folder) => desk.runs.find(folder)?.record.state !== 'completed');
    if (open !== undefined) throw new LongtailError('host/no-report', { folder: open });
    desk.comparisons.show({ folders });
  },
};
