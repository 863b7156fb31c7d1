import { LongtailError } from '../../common/errors';
import { readReport } from '../../run/runStore';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { finishedRunFor } from '../targets';
import type { Command } from './command';

/** Shows the report of a finished run. */
export const openReportCommand: Command = {
  id: commandIds.openReport,
  run: async (desk, argument) => {
    const folder = await finishedRunFor(desk, argument, words('host/pick/report'));
    if (folder === undefined) return;
    const report = readReport(folder);
    if (report === null) throw new LongtailError('host/no-report', { folder });
    desk.reports.show({ folder, title: report.title });
  },
};
