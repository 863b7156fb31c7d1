import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LongtailError } from '../common/errors';
import { runFiles, runsFolder } from '../protocol/runFiles';
import { readMarks } from '../run/runMarks';
import { listRuns } from '../run/runStore';
import { resolveStore } from '../run/storePath';
import type { Io } from './io';

/** The store of the current folder. */
export const storeOf = (io: Io): string =>
  resolveStore({ datasetRoots: [], cwd: io.cwd, env: io.env });

/**
 * A run's folder, named by itself, by its `report.json`, by its id in the store of the current
 * folder, or by the name somebody gave it, and that store. Throws `cli/report/no-run`, and
 * `cli/runs/same-name` where several have that name.
 */
export const runFolder = (
  name: string,
  io: Io,
): { readonly folder: string; readonly store: string } => {
  const given = resolve(io.cwd, name);
  const store = storeOf(io);
  const places = [
    basename(given) === runFiles.report ? dirname(given) : given,
    join(store, runsFolder, name),
  ];
  const folder = places.find((path) => existsSync(path) && statSync(path).isDirectory());
  if (folder !== undefined) return { folder, store };
  const [first, second] = listRuns(store).filter((run) => readMarks(run.folder).name === name);
  if (second !== undefined) throw new LongtailError('cli/runs/same-name', { name });
  if (first === undefined) throw new LongtailError('cli/report/no-run', { run: name, store });
  return { folder: first.folder, store };
};
