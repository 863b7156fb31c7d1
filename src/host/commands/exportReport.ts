import { isReportFormat } from '../../report/formatNames';
import { words } from '../../words/say';
import { exportReport } from '../exportReport';
import { commandIds } from '../ids';
import { askForRun, runFolderOf } from '../targets';
import type { Command } from './command';

/** Writes the report of a finished run as a file; `format` may be said by a caller. */
export const exportReportCommand: Command = {
  id: commandIds.exportReport,
  run: async (desk, argument, format) => {
    const folder =
      runFolderOf(argument) ??
      (await askForRun(
        desk,
        words('host/pick/report'),
        ({ record }) => record.state === 'completed',
      ));
    if (folder === undefined) return;
    const known = typeof format === 'string' && isReportFormat(format) ? format : undefined;
    await exportReport(folder, known);
  },
};
