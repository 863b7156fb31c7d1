import { mean, sum } from '../../methods/numbers';
import type { Scores } from '../types';
import type { ComparedRun, RunGroup } from './types';

/** What runs of one group share: everything of the config but seed and place, on the same data. */
const groupKey = ({ report: { config, dataset, backend } }: ComparedRun): string =>
  JSON.stringify([
    { ...config, seed: 0, dataset: { ...config.dataset, root: '' } },
    dataset.fingerprint,
    dataset.classNames,
    backend,
  ]);

/** A, B … Z, AA, AB …: what a group is called in tables and charts. */
export const letterOf = (place: number): string =>
  `${place < 26 ? '' : letterOf(Math.floor(place / 26) - 1)}${String.fromCharCode(65 + (place % 26))}`;

/**
 * Runs of the same config with other seeds become one group; a seed that comes twice stands by
 * itself. In the order in which the first of each came.
 */
export const groupRuns = (runs: readonly ComparedRun[]): readonly RunGroup[] => {
  const groups: { readonly key: string; readonly runs: [ComparedRun, ...ComparedRun[]] }[] = [];
  for (const run of runs) {
    const key = groupKey(run);
    const fits = groups.find(
      (group) =>
        group.key === key && !group.runs.some(({ report }) => report.seed === run.report.seed),
    );
    if (fits === undefined) groups.push({ key, runs: [run] });
    else fits.runs.push(run);
  }
  return groups.map(({ runs: [first, ...others] }, place) => {
    const [head = first, ...rest] = [first, ...others].sort(
      (a, b) => a.report.seed - b.report.seed,
    );
    return { key: letterOf(place), title: first.title, role: first.role, runs: [head, ...rest] };
  });
};

/** A measure over the seeds of a group. */
export interface OverSeeds {
  readonly mean: number;
  /** Sample standard deviation; null for one seed. */
  readonly deviation: number | null;
}

/** Mean and standard deviation over the seeds; null where a seed has no such score. */
export const meanOver = (
  { runs }: RunGroup,
  of: (scores: Scores) => number | null,
): OverSeeds | null => {
  const values = runs.map(({ report }) => of(report.scores)).filter((value) => value !== null);
  if (values.length < runs.length) return null;
  const middle = mean(values);
  const squares = sum(values.map((value) => (value - middle) ** 2));
  return {
    mean: middle,
    deviation: values.length === 1 ? null : Math.sqrt(squares / (values.length - 1)),
  };
};
