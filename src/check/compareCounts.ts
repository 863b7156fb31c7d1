import type { Baseline } from './types';

/** One side of a comparison: the counts of a split, and what the reader calls it. */
export interface CountedSide {
  readonly title: string;
  readonly counts: ReadonlyMap<string, number>;
}

/** A class on both sides; 0 where a side does not have it. */
export interface ClassChange {
  readonly name: string;
  readonly before: number;
  readonly now: number;
  /** now minus what was to be expected of it: a number of labels. */
  readonly change: number;
}

/**
 * `counts`: the same data at two times, where every label counts. `shares`: two splits or datasets
 * of any size, where only shares of the whole can be compared.
 */
export type ComparedBy = 'counts' | 'shares';

export interface CountComparison {
  readonly by: ComparedBy;
  readonly before: { readonly title: string; readonly total: number };
  readonly now: { readonly title: string; readonly total: number };
  /** The largest change first: by how many times a class has more or less than expected. */
  readonly classes: readonly ClassChange[];
  /** Part of the labels that would have to change class for equal shares, 0 … 1; null for an empty side. */
  readonly distance: number | null;
}

/** The counts of one split of a state. Of a split it does not have, none. */
export const sideOf = (
  { classes, splits }: Baseline,
  split: string,
  title: string,
): CountedSide => {
  const place = splits.findIndex(({ name }) => name === split);
  return { title, counts: new Map(classes.map((one) => [one.name, one.counts[place] ?? 0])) };
};

const totalOf = ({ counts }: CountedSide): number =>
  [...counts.values()].reduce((a, b) => a + b, 0);

/** How many times more or less, on a log scale; one label on top keeps 0 → 1 finite and small. */
const size = (expected: number, now: number): number =>
  Math.abs(Math.log((now + 1) / (expected + 1)));

/** What changed from one side to the other, class by class; classes that neither has are left out. */
export const compareCounts = (
  before: CountedSide,
  now: CountedSide,
  by: ComparedBy,
): CountComparison => {
  const [totalBefore, totalNow] = [totalOf(before), totalOf(now)];
  const scale = by === 'counts' ? 1 : totalBefore === 0 ? 0 : totalNow / totalBefore;
  const classes = [...new Set([...before.counts.keys(), ...now.counts.keys()])]
    .map((name) => {
      const own = { before: before.counts.get(name) ?? 0, now: now.counts.get(name) ?? 0 };
      return { name, ...own, change: own.now - own.before * scale };
    })
    .filter((one) => one.before > 0 || one.now > 0);
  const apart = classes.reduce(
    (sum, one) => sum + Math.abs(one.before / totalBefore - one.now / totalNow),
    0,
  );
  return {
    by,
    before: { title: before.title, total: totalBefore },
    now: { title: now.title, total: totalNow },
    classes: classes.toSorted(
      (a, b) =>
        size(b.before * scale, b.now) - size(a.before * scale, a.now) ||
        Math.abs(b.change) - Math.abs(a.change) ||
        (a.name < b.name ? -1 : 1),
    ),
    distance: totalBefore === 0 || totalNow === 0 ? null : apart / 2,
  };
};
