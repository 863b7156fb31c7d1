import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LongtailError } from '../common/errors';
import { runFiles, runsFolder } from '../protocol/runFiles';
import type { RunReport } from '../report/types';
import { readReport, readRun } from '../run/runStore';
import { resolveStore } from '../run/storePath';
import type { Io } from './io';

/** A finished run. */
export interface FoundRun {
  readonly folder: string;
  readonly report: RunReport;
}

/** A run named by its folder, its `report.json`, or its id in the store of the current folder. */
export const findRun = (name: string, io: Io): FoundRun => {
  const given = resolve(io.cwd, name);
  const store = resolveStore({ datasetRoots: [], cwd: io.cwd, env: io.env });
  const places = [
    basename(given) === runFiles.report ? dirname(given) : given,
    join(store, runsFolder, name),
  ];
  const folder = places.find((path) => existsSync(path) && statSync(path).isDirectory());
  if (folder === undefined) throw new LongtailError('cli/report/no-run', { run: name, store });
  const report = readReport(folder);
  if (report !== null) return { folder, report };
  const run = readRun(folder);
  throw run === null
    ? new LongtailError('cli/report/not-a-run', { folder })
    : new LongtailError('cli/report/unfinished', { folder, state: run.record.state });
};
