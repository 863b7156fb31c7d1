import * as vscode from 'vscode';
import { deleteRun } from '../../run/deleteRun';
import { markRun, parseTags, readMarks } from '../../run/runMarks';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { askForRun, runFolderOf } from '../targets';
import { runTitle } from '../../run/runTitles';
import type { Command, Desk } from './command';

/** The run a command is about, with what it is called now. */
const runFor = async (
  desk: Desk,
  argument: unknown,
): Promise<{ readonly folder: string; readonly title: string } | undefined> => {
  const folder =
    runFolderOf(argument) ?? (await askForRun(desk, words('host/pick/run'), () => true));
  const stored = folder === undefined ? null : desk.runs.find(folder);
  return stored === null ? undefined : { folder: stored.folder, title: runTitle(stored) };
};

/** Gives a run a name of the user's own; an empty one takes it back. */
export const renameRunCommand: Command = {
  id: commandIds.renameRun,
  run: async (desk, argument) => {
    const run = await runFor(desk, argument);
    if (run === undefined) return;
    const prompt = words('host/run/rename');
    const name = await vscode.window.showInputBox({ prompt, value: run.title });
    if (name === undefined) return;
    markRun(run.folder, { name });
    desk.runs.refresh();
  },
};

/** Sets the tags of a run. */
export const tagRunCommand: Command = {
  id: commandIds.tagRun,
  run: async (desk, argument) => {
    const run = await runFor(desk, argument);
    if (run === undefined) return;
    const prompt = words('host/run/tag', { title: run.title });
    const value = readMarks(run.folder).tags.join(', ');
    const tags = await vscode.window.showInputBox({ prompt, value });
    if (tags === undefined) return;
    markRun(run.folder, { tags: parseTags(tags) });
    desk.runs.refresh();
  },
};

/** Deletes a run with all its files, after a question. */
export const deleteRunCommand: Command = {
  id: commandIds.deleteRun,
  run: async (desk, argument) => {
    const run = await runFor(desk, argument);
    if (run === undefined) return;
    const yes = words('host/run/delete-button');
    const question = words('host/run/delete', { title: run.title });
    const detail = words('host/run/delete-detail', { folder: run.folder });
    const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, yes);
    if (chosen !== yes) return;
    deleteRun(run.folder);
    desk.runPages.find(run.folder)?.panel.dispose();
    desk.reports.find(run.folder)?.panel.dispose();
    desk.runs.refresh();
  },
};
