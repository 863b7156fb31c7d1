import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeFileSource } from '../dataset/nodeFileSource';
import { readTestItems, readTestLabels } from '../predictions/testItems';
import { runFiles } from '../protocol/runFiles';
import { runCurvesOf } from '../report/comparison/curves';
import type { ComparedRun } from '../report/comparison/types';
import { readMarks } from '../run/runMarks';
import { listRuns, readEvents, readReport, readRun } from '../run/runStore';
import { resolveStore } from '../run/storePath';
import type { FoundRun } from './findRun';
import type { Io } from './io';

const comparedRun = ({ folder, report }: FoundRun): ComparedRun => {
  const role = readRun(folder)?.record.role === 'baseline' ? 'plain' : 'run';
  const path = join(folder, runFiles.predictions, 'test.npz');
  return {
    report,
    title: readMarks(folder).name ?? report.title,
    role,
    items: readTestItems(nodeFileSource, path, report),
    labels: readTestLabels(nodeFileSource, path, report),
    curves: runCurvesOf(readEvents(folder), role),
  };
};

/** Where the baseline of a run lies: in the store, or beside the run; null where it is gone. */
export const baselineOf = ({ folder, report }: FoundRun, io: Io): FoundRun | null => {
  const { baseline, id, dataset } = report;
  if (baseline === null || baseline.id === id) return null;
  const store = resolveStore({ datasetRoots: [dataset.root], cwd: io.cwd, env: io.env });
  const beside = join(dirname(folder), baseline.id);
  const place =
    listRuns(store).find(({ record }) => record.id === baseline.id)?.folder ??
    (existsSync(beside) ? beside : null);
  const own = place === null ? null : readReport(place);
  return place === null || own === null ? null : { folder: place, report: own };
};

/** Runs as they are compared, each once, and behind them the baselines that are still there. */
export const comparedRuns = (found: readonly FoundRun[], io: Io): readonly ComparedRun[] => {
  const all = new Map<string, FoundRun>();
  for (const run of found) all.set(run.report.id, run);
  for (const run of found) {
    const baseline = baselineOf(run, io);
    if (baseline !== null && !all.has(baseline.report.id)) all.set(baseline.report.id, baseline);
  }
  return [...all.values()].map(comparedRun);
};
