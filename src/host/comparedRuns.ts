import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeFileSource } from '../dataset/nodeFileSource';
import { readTestItems, readTestLabels } from '../predictions/testItems';
import { runFiles } from '../protocol/runFiles';
import { runCurvesOf } from '../report/comparison/curves';
import type { ComparedRun } from '../report/comparison/types';
import { readEvents, readReport, type StoredRun } from '../run/runStore';
import type { Runs } from './runs';
import { runTitle } from '../run/runTitles';

/** What names the group of a run that is repeated: its own id until it is. */
export const groupOf = ({ record }: StoredRun): string => record.repeat?.group ?? record.id;

/** A run and all that repeat it with other seeds. */
export const repeatsOf = (run: StoredRun, runs: Pick<Runs, 'list'>): readonly StoredRun[] => {
  const group = groupOf(run);
  return runs.list().filter((other) => groupOf(other) === group);
};

/** A finished run as it is compared; null for one without a report. */
const comparedRun = (stored: StoredRun): ComparedRun | null => {
  const { folder, record } = stored;
  const report = readReport(folder);
  if (report === null) return null;
  const role = record.role === 'baseline' ? 'plain' : 'run';
  const path = join(folder, runFiles.predictions, 'test.npz');
  return {
    report,
    title: runTitle(stored),
    role,
    items: readTestItems(nodeFileSource, path, report),
    labels: readTestLabels(nodeFileSource, path, report),
    curves: runCurvesOf(readEvents(folder), role),
  };
};

/**
 * Folders of what is compared: the runs that were chosen, each with its repetitions that are done,
 * then the baselines of all of them that are still there.
 */
export const foldersToCompare = (
  folders: readonly string[],
  runs: Pick<Runs, 'list' | 'find'>,
): readonly string[] => {
  const chosen = folders.flatMap((folder) => {
    const run = runs.find(folder);
    if (run === null) return [];
    const repeats = repeatsOf(run, runs).filter(({ record }) => record.state === 'completed');
    return [folder, ...repeats.map((other) => other.folder)];
  });
  const baselines = chosen.flatMap((folder) => {
    const report = readReport(folder);
    const id = report?.baseline?.id;
    if (id === undefined || id === report?.id) return [];
    const beside = join(dirname(folder), id);
    const stored = runs.list().find(({ record }) => record.id === id)?.folder;
    return stored ?? (existsSync(beside) ? beside : []);
  });
  return [...new Set([...chosen, ...baselines])];
};

/** Reads them, those that cannot be read left out. */
export const readCompared = (
  folders: readonly string[],
  runs: Pick<Runs, 'find'>,
): readonly ComparedRun[] =>
  folders.flatMap((folder) => {
    const stored = runs.find(folder);
    return (stored === null ? null : comparedRun(stored)) ?? [];
  });
