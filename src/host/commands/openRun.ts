import { LongtailError } from '../../common/errors';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { askForRun, runFolderOf } from '../targets';
import type { Command } from './command';

/** Shows the page of a run, live or ended. */
export const openRunCommand: Command = {
  id: commandIds.openRun,
  run: async (desk, argument) => {
    const folder =
      runFolderOf(argument) ?? (await askForRun(desk, words('host/pick/run'), () => true));
    if (folder === undefined) return;
    const stored = desk.runs.find(folder);
    if (stored === null) throw new LongtailError('run/no-run', { folder });
    desk.runPages.show({ folder, title: stored.record.title });
  },
};
