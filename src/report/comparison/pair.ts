import type { Message } from '../../common/errors';
import type { LabelOutputs, PairedLabels } from '../../methods/metrics';
import { at, type Numbers } from '../../methods/numbers';
import type { ComparedRun, RunGroup, TestLabels } from './types';

/** Test items that two runs were both scored on. */
export interface PairedItems {
  readonly labels: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** How many items each run had itself. */
  readonly own: number;
  readonly other: number;
}

const sameList = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean =>
  a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);

/** Why no difference between two runs means anything; null where it does. */
export const incomparable = (a: ComparedRun, b: ComparedRun): Message | null => {
  const params = { a: a.title, b: b.title };
  if (a.report.dataset.fingerprint !== b.report.dataset.fingerprint)
    return { code: 'comparison/other-data', params };
  if (!sameList(a.report.dataset.classNames, b.report.dataset.classNames))
    return { code: 'comparison/other-classes', params };
  return null;
};

/** Places of the samples that are in both lists. */
const commonPlaces = (a: Int32Array, b: Int32Array): readonly (readonly [number, number])[] => {
  const places = new Map<number, number>();
  a.forEach((row, place) => places.set(row, place));
  const common: (readonly [number, number])[] = [];
  b.forEach((row, place) => {
    const other = places.get(row);
    if (other !== undefined) common.push([other, place]);
  });
  return common;
};

/**
 * The test items of two runs on the same data, matched by sample number whatever their order; null
 * where one of them keeps no predictions. Items that only one was scored on are left out.
 */
export const pairItems = (
  { items: a }: ComparedRun,
  { items: b }: ComparedRun,
): PairedItems | null => {
  if (a === null || b === null) return null;
  const sizes = { own: b.rows.length, other: a.rows.length };
  if (sameList(a.rows, b.rows))
    return { labels: b.labels, a: a.predicted, b: b.predicted, ...sizes };
  const common = commonPlaces(a.rows, b.rows);
  const pick = (from: Int32Array, side: 0 | 1): Int32Array =>
    Int32Array.from(common, (places) => from[places[side]] ?? -1);
  return { labels: pick(b.labels, 1), a: pick(a.predicted, 0), b: pick(b.predicted, 1), ...sizes };
};

/** Items with several labels that two runs were both scored on. */
export interface PairedLabelItems extends PairedLabels {
  readonly own: number;
  readonly other: number;
}

/** The same where items may have several labels. */
export const pairLabels = (
  { labels: a, report }: ComparedRun,
  { labels: b }: ComparedRun,
): PairedLabelItems | null => {
  if (a === null || b === null) return null;
  const count = report.dataset.classNames.length;
  const sizes = { count, own: b.rows.length, other: a.rows.length };
  if (sameList(a.rows, b.rows)) return { targets: b.targets, a, b, ...sizes };
  const common = commonPlaces(a.rows, b.rows);
  const pick = (from: Numbers, side: 0 | 1): Float32Array => {
    const picked = new Float32Array(common.length * count);
    common.forEach((places, item) => {
      for (let j = 0; j < count; j++) picked[item * count + j] = at(from, places[side] * count + j);
    });
    return picked;
  };
  const sideOf = (from: TestLabels, side: 0 | 1): LabelOutputs => ({
    scores: pick(from.scores, side),
    decisions: pick(from.decisions, side),
  });
  return { targets: pick(b.targets, 1), a: sideOf(a, 0), b: sideOf(b, 1), ...sizes };
};

/** Runs of two groups that are compared with each other. */
export interface SeedPairs {
  readonly pairs: readonly (readonly [reference: ComparedRun, other: ComparedRun])[];
  /** Whether each side has a training of its own in every pair. */
  readonly independent: boolean;
}

/**
 * Seeds that both groups have, with each other; where they share none, every run of the larger group
 * with the first of the other.
 */
export const pairSeeds = (reference: RunGroup, other: RunGroup): SeedPairs => {
  const shared = other.runs.flatMap((run) => {
    const partner = reference.runs.find(({ report }) => report.seed === run.report.seed);
    return partner === undefined ? [] : [[partner, run] as const];
  });
  if (shared.length > 0) return { pairs: shared, independent: true };
  const pairs =
    other.runs.length >= reference.runs.length
      ? other.runs.map((run) => [reference.runs[0], run] as const)
      : reference.runs.map((run) => [run, other.runs[0]] as const);
  return { pairs, independent: pairs.length === 1 };
};
