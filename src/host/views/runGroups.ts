import type { StoredRun } from '../../run/runStore';

/** The runs of one dataset. */
export interface RunsOfDataset {
  readonly root: string;
  /** In the order given. */
  readonly runs: readonly StoredRun[];
}

/** Runs by dataset, in the order in which the first of each comes. */
export const byDataset = (runs: readonly StoredRun[]): readonly RunsOfDataset[] => {
  const groups = new Map<string, StoredRun[]>();
  for (const run of runs) {
    const { datasetRoot } = run.record;
    const group = groups.get(datasetRoot);
    if (group === undefined) groups.set(datasetRoot, [run]);
    else group.push(run);
  }
  return [...groups].map(([root, own]) => ({ root, runs: own }));
};

/**
 * Folders of the best runs: of each dataset the one with the highest main score on validation, the
 * newer of equals. Only runs on the data as the newest finished run saw them are compared, and one
 * alone is not the best of anything. Test plays no part.
 */
export const bestRuns = (runs: readonly StoredRun[]): ReadonlySet<string> =>
  new Set(
    byDataset(runs).flatMap(({ runs: own }) => {
      const scored = own.flatMap(({ folder, record }) =>
        record.state === 'completed' && record.score
          ? [{ folder, fingerprint: record.fingerprint, ...record.score }]
          : [],
      );
      const [newest] = scored;
      const fit = scored.filter(
        ({ fingerprint, kind }) => fingerprint === newest?.fingerprint && kind === newest?.kind,
      );
      if (fit.length < 2) return [];
      return fit.reduce((best, one) => (one.value > best.value ? one : best)).folder;
    }),
  );
