import { readMarks } from './runMarks';
import type { StoredRun } from './runStore';

/** What a run is called: the user's name for it, its title, or its id where a config gave none. */
export const runTitle = ({ folder, record }: StoredRun): string =>
  readMarks(folder).name ?? (record.title === '' ? record.id : record.title);

/** Titles of the recipes that are compared with each baseline, by folder of the baseline. */
export const recipesOfBaselines = (
  runs: readonly StoredRun[],
): ReadonlyMap<string, readonly string[]> => {
  const titles = new Map<string, Set<string>>();
  for (const run of runs) {
    const { role, baselineKey } = run.record;
    if (role !== 'recipe' || baselineKey === null) continue;
    titles.set(baselineKey, (titles.get(baselineKey) ?? new Set()).add(runTitle(run)));
  }
  return new Map(
    runs.flatMap(({ folder, record: { role, baselineKey } }) =>
      role === 'baseline' && baselineKey !== null
        ? [[folder, [...(titles.get(baselineKey) ?? [])]] as const]
        : [],
    ),
  );
};
