import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles, runsFolder } from '../protocol/runFiles';
import { otherTrainer } from './runLock';

const begun = new Set<string>([runFiles.lock, runFiles.split, runFiles.config]);

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/**
 * Removes folders of baselines whose process was killed before it had written their `run.json`: no
 * list shows them and no resume finds them. A lock and nothing but first files tells them apart.
 */
export const dropStillborn = (store: string): void => {
  for (const name of namesIn(join(store, runsFolder))) {
    const folder = join(store, runsFolder, name);
    const names = namesIn(folder);
    const own = names.every((file) => begun.has(file) || file.endsWith('.tmp'));
    if (own && names.includes(runFiles.lock) && otherTrainer(folder) === null)
      rmSync(folder, { recursive: true, force: true });
  }
};
