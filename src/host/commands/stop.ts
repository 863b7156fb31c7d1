import { words } from '../../words/say';
import { commandIds } from '../ids';
import { askForRun, runFolderOf } from '../targets';
import type { Command } from './command';

/** Ends a run of this window: it finishes its batch, writes a checkpoint and can be resumed. */
export const stopCommand: Command = {
  id: commandIds.stop,
  run: async (desk, argument) => {
    const folder =
      runFolderOf(argument) ??
      (await askForRun(desk, words('host/pick/stop'), (run) => desk.runs.isOurs(run.folder)));
    if (folder !== undefined) desk.runs.stop(folder);
  },
};
