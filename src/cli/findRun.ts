import { LongtailError } from '../common/errors';
import type { RunReport } from '../report/types';
import { readReport, readRun } from '../run/runStore';
import type { Io } from './io';
import { runFolder } from './runFolder';

/** A finished run. */
export interface FoundRun {
  readonly folder: string;
  readonly report: RunReport;
}

/** A run named by its folder, its `report.json`, or its id in the store of the current folder. */
export const findRun = (name: string, io: Io): FoundRun => {
  const { folder } = runFolder(name, io);
  const report = readReport(folder);
  if (report !== null) return { folder, report };
  const run = readRun(folder);
  throw run === null
    ? new LongtailError('cli/report/not-a-run', { folder })
    : new LongtailError('cli/report/unfinished', { folder, state: run.record.state });
};
