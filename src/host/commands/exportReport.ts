import { isReportFormat } from '../../report/formatNames';
import { words } from '../../words/say';
import { exportReport } from '../exportReport';
import { commandIds } from '../ids';
import { finishedRunFor } from '../targets';
import type { Command } from './command';

/** Writes the report of a finished run as a file; `format` may be said by a caller. */
export const exportReportCommand: Command = {
  id: commandIds.exportReport,
  run: async (desk, argument, format) => {
    const folder = await finishedRunFor(desk, argument, words('host/pick/report'));
    if (folder === undefined) return;
    const known = typeof format === 'string' && isReportFormat(format) ? format : undefined;
    await exportReport(desk, folder, known);
  },
};
