import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { project } from './workbench';

export interface SampleWorkspace {
  /** The folder to open: holds `mnist-lt` and nothing else. */
  readonly folder: string;
  readonly dataset: string;
  remove(): Promise<void>;
}

/** A workspace of its own with a copy of the sample dataset, so that no run finds the files of another. */
export async function sampleWorkspace(): Promise<SampleWorkspace> {
  const home = await mkdtemp(path.join(tmpdir(), 'longtail-sample-'));
  const folder = path.join(home, 'digits');
  const dataset = path.join(folder, 'mnist-lt');
  await cp(path.join(project, 'sample', 'mnist-lt'), dataset, { recursive: true });
  const remove = (): Promise<void> =>
    rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  return { folder, dataset, remove };
}

/** Names and times of everything below a folder, to show that nothing was written there. */
export async function contentOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const times = await Promise.all(names.map((name) => stat(path.join(folder, name))));
  return names
    .map((name, i) => `${name} ${times[i]?.mtimeMs ?? ''} ${times[i]?.size ?? ''}`)
    .sort();
}
