import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunReport } from '../../report/types';
import type { Host } from '../host';
import type { RunFolders } from '../../outputs/diagnosis';

/** Where the baseline of a report lies: in the store, or beside the run; null where it is gone. */
const baselineFolder = (
  { runs }: Pick<Host, 'runs'>,
  folder: string,
  { id, baseline }: RunReport,
): string | null => {
  if (baseline === null || baseline.id === id) return null;
  const stored = runs.list().find(({ record }) => record.id === baseline.id)?.folder;
  const beside = join(dirname(folder), baseline.id);
  return stored ?? (existsSync(beside) ? beside : null);
};

/** The folders that a report of a run in `folder` is read with. */
export const runFoldersOf = (
  host: Pick<Host, 'runs'>,
  folder: string,
  report: RunReport,
): RunFolders => ({ own: folder, baseline: baselineFolder(host, folder, report) });
