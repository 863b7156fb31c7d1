import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { askForRun, runFolderOf } from '../targets';
import type { Command } from './command';

const resumable = ['interrupted', 'stopped', 'failed'];

/** Goes on with a run from its last checkpoint. */
export const resumeCommand: Command = {
  id: commandIds.resume,
  run: async (desk, argument) => {
    if (!vscode.workspace.isTrusted) throw new LongtailError('host/untrusted-train');
    const folder =
      runFolderOf(argument) ??
      (await askForRun(desk, words('host/pick/resume'), ({ record }) =>
        resumable.includes(record.state),
      ));
    if (folder === undefined) return;
    desk.runs.resume(folder);
    const title = desk.runs.find(folder)?.record.title ?? '';
    desk.runPages.show({ folder, title });
  },
};
