import { LongtailError } from '../../common/errors';
import { readReport } from '../../run/runStore';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { askForRun, runFolderOf } from '../targets';
import type { Command } from './command';

/** Shows the report of a finished run. */
export const openReportCommand: Command = {
  id: commandIds.openReport,
  run: async (desk, argument) => {
    const folder =
      runFolderOf(argument) ??
      (await askForRun(
        desk,
        words('host/pick/report'),
        ({ record }) => record.state === 'completed',
      ));
    if (folder === undefined) return;
    const report = readReport(folder);
    if (report === null) throw new LongtailError('host/no-report', { folder });
    desk.reports.show({ folder, title: report.title });
  },
};
