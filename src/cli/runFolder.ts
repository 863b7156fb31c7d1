import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LongtailError } from '../common/errors';
import { runFiles, runsFolder } from '../protocol/runFiles';
import { readMarks } from '../run/runMarks';
import { listRuns } from '../run/runStore';
import { isInside, resolveStore } from '../run/storePath';
import type { Io } from './io';

type Place = Pick<Io, 'cwd' | 'env'>;

/**
 * The store of the current folder: `.longtail` there. Runs of a dataset that the current folder lies
 * in are kept elsewhere, so without a store here it is the one that has runs of that dataset.
 */
export const storeOf = (io: Place): string => {
  const question = { cwd: io.cwd, env: io.env };
  const here = resolveStore({ ...question, datasetRoots: [] });
  if (existsSync(here)) return here;
  const elsewhere = resolveStore({ ...question, datasetRoots: [io.cwd] });
  const ofThisDataset = listRuns(elsewhere).some(({ record }) =>
    isInside(io.cwd, record.datasetRoot),
  );
  return ofThisDataset ? elsewhere : here;
};

/**
 * A run's folder, named by itself, by its `report.json`, by its id in the store of the current
 * folder, or by the name somebody gave it, and that store. Throws `cli/report/no-run`, and
 * `cli/runs/same-name` where several have that name.
 */
export const runFolder = (
  name: string,
  io: Place,
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
