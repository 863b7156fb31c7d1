import type { StoredRun } from '../run/runStore';

/** What an answer is remembered by: a run that goes on and is cut short again is another matter. */
const keyOf = ({ record }: StoredRun): string => `${record.id}#${record.attempt}`;

/** Baselines that a recipe goes on with itself, being resumed. */
const ofRecipes = (runs: readonly StoredRun[]): ReadonlySet<string | null> =>
  new Set(
    runs
      .filter(({ record }) => record.role === 'recipe' && record.state === 'interrupted')
      .map(({ record }) => record.baselineKey),
  );

/** As much of the workspace's memory as is used. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Runs that were cut short and that nobody has said yet whether they should go on. */
export interface Interrupted {
  of(runs: readonly StoredRun[]): readonly StoredRun[];
  /** They are not offered again. Forgets runs that are gone. */
  answered(offered: readonly StoredRun[], runs: readonly StoredRun[]): PromiseLike<void>;
}

/** Keeps the answers under a key of the workspace's memory. */
export const createInterrupted = (memory: Memory, key: string): Interrupted => {
  const kept = (): readonly unknown[] => {
    const value = memory.get(key);
    return Array.isArray(value) ? value : [];
  };
  return {
    of: (runs) => {
      const answered = new Set(kept());
      const covered = ofRecipes(runs);
      return runs.filter((run) => {
        const { state, role, baselineKey } = run.record;
        if (state !== 'interrupted' || answered.has(keyOf(run))) return false;
        return role === 'recipe' || baselineKey === null || !covered.has(baselineKey);
      });
    },
    answered: (offered, runs) => {
      const there = new Set(runs.map(keyOf));
      const all = [...kept(), ...offered.map(keyOf)];
      return memory.update(key, [...new Set(all.filter((one) => there.has(String(one))))]);
    },
  };
};

/** A trainer whose window is gone ends within eight seconds; then it is known to be interrupted. */
export const orphanEndsMs = 12_000;

/**
 * Waits until no run of another process goes on, at most as long as an orphan may live: what goes on
 * then belongs to somebody. `pause` is one look's distance.
 */
export const orphansEnded = async (
  othersRun: () => boolean,
  pause: () => Promise<void>,
  looks: number,
): Promise<void> => {
  for (let look = 0; look < looks && othersRun(); look++) await pause();
};
