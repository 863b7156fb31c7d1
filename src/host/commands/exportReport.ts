import { words } from '../../words/say';
import { exportReport } from '../exportFiles';
import { commandIds } from '../ids';
import { askForRun, runFolderOf } from '../targets';
import type { Command } from './command';

/** Saves the report of a finished run as a file. */
export const exportReportCommand: Command = {
  id: commandIds.exportReport,
  run: async (desk, argument) => {
    const folder =
      runFolderOf(argument) ??
      (await askForRun(
        desk,
        words('host/pick/report'),
        ({ record }) => record.state === 'completed',
      ));
    if (folder !== undefined) await exportReport(folder);
  },
};
