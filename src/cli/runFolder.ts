import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LongtailError } from '../common/errors';
import { runFiles, runsFolder } from '../protocol/runFiles';
import { resolveStore } from '../run/storePath';
import type { Io } from './io';

/**
 * The folder of a run named by its folder, its `report.json`, or its id in the store of the current
 * folder, and that store. Throws `cli/report/no-run`.
 */
export const runFolder = (
  name: string,
  io: Io,
): { readonly folder: string; readonly store: string } => {
  const given = resolve(io.cwd, name);
  const store = resolveStore({ datasetRoots: [], cwd: io.cwd, env: io.env });
  const places = [
    basename(given) === runFiles.report ? dirname(given) : given,
    join(store, runsFolder, name),
  ];
  const folder = places.find((path) => existsSync(path) && statSync(path).isDirectory());
  if (folder === undefined) throw new LongtailError('cli/report/no-run', { run: name, store });
  return { folder, store };
};
