import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { LongtailError } from '../common/errors';
import { writing } from '../common/writing';
import { runFiles } from '../protocol/runFiles';
import { readRun, trainerOf } from './runStore';

/**
 * Removes a run's folder. Throws `run/not-there` where there is none, so that nothing else is ever
 * removed, and `run/still-running` while somebody trains in it. Its record goes first: a deletion
 * that is cut short leaves nothing that looks like a run.
 */
export const deleteRun = (folder: string): void => {
  const run = readRun(folder);
  if (run === null) throw new LongtailError('run/not-there', { folder });
  const open = run.record.state === 'running' || run.record.state === 'queued';
  const pid = open ? run.record.pid : trainerOf(folder);
  if (pid !== null) throw new LongtailError('run/still-running', { pid });
  writing(folder, () => {
    rmSync(join(folder, runFiles.record));
    rmSync(folder, { recursive: true, force: true });
  });
};
