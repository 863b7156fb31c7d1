import {
  cellOf,
  falseDiscoveries,
  mcnemarTest,
  normalPoint,
  overSeeds,
  pairedInterval,
  pOfHalfWidth,
  wilsonInterval,
  type Interval,
  type LabelDifference,
  type PairedCell,
  type PairedCounts,
} from '../../methods/metrics';
import { mean } from '../../methods/numbers';
import { classFacts } from '../tables';
import type { RunReport } from '../types';
import type { ClassDifference } from './types';

/** Below this many test items a class shows how many were right, not an interval of a difference. */
export const fewestItems = 20;

const share = (right: number, items: number): number | null => (items === 0 ? null : right / items);

/** Few seeds give an interval wider than a difference of shares can be. */
export const bounded = ([low, high]: Interval): Interval => [Math.max(-1, low), Math.min(1, high)];

/** What is known of a class before names and findings are added. */
type Measured = Omit<ClassDifference, 'name' | 'band' | 'trainCount' | 'found'>;

const untested: Measured = {
  testCount: 0,
  before: null,
  after: null,
  counts: null,
  few: null,
  difference: null,
  p: null,
};

const ofOne = (cell: PairedCell): Measured => {
  const { items, both, onlyA, onlyB } = cell;
  if (items === 0) return untested;
  const [before, after] = [both + onlyA, both + onlyB];
  const few = items < fewestItems;
  return {
    testCount: items,
    before: share(before, items),
    after: share(after, items),
    counts: { before, after },
    few: few
      ? { before: wilsonInterval(before, items), after: wilsonInterval(after, items) }
      : null,
    difference: {
      value: (after - before) / items,
      interval: few ? null : pairedInterval(cell),
      deviation: null,
    },
    p: mcnemarTest(cell),
  };
};

/** Means over the pairs; the interval holds items and seeds. */
const ofSeveral = (cells: readonly PairedCell[]): Measured => {
  const tested = cells.filter(({ items }) => items > 0);
  const [first] = tested;
  if (first === undefined) return untested;
  const right = (of: (cell: PairedCell) => number): number =>
    mean(tested.map((cell) => of(cell) / cell.items));
  const { value, interval, deviation } = overSeeds(
    tested.map((cell) => ({
      value: (cell.onlyB - cell.onlyA) / cell.items,
      interval: pairedInterval(cell),
    })),
  );
  const few = first.items < fewestItems;
  return {
    testCount: first.items,
    before: right(({ both, onlyA }) => both + onlyA),
    after: right(({ both, onlyB }) => both + onlyB),
    counts: null,
    few: null,
    difference: { value, interval: few ? null : bounded(interval), deviation },
    p: pOfHalfWidth(value, (interval[1] - interval[0]) / 2),
  };
};

/** Names, bands and findings, by falling training count. */
const finished = (report: RunReport, measured: readonly Measured[]): readonly ClassDifference[] => {
  const facts = classFacts(report);
  const tested = measured.flatMap(({ p }, j) => (p === null ? [] : [{ p, j }]));
  const findings = falseDiscoveries(tested.map(({ p }) => p));
  const found = new Set(tested.flatMap(({ j }, i) => (findings[i] === true ? [j] : [])));
  return measured
    .map((one, j): ClassDifference => {
      const name = report.dataset.classNames[j] ?? '';
      const { band = null, trainCount = 0 } = facts.get(name) ?? {};
      return { name, band, trainCount, ...one, found: found.has(j) };
    })
    .sort((a, b) => b.trainCount - a.trainCount);
};

/** Recall of every class, second side less first, from predictions of the same items. */
export const classDifferences = (
  report: RunReport,
  counts: readonly PairedCounts[],
): readonly ClassDifference[] =>
  finished(
    report,
    report.dataset.classNames.map((_, j) => {
      const cells = counts.map((one) => cellOf(one, j));
      const [first] = cells;
      return cells.length === 1 && first !== undefined ? ofOne(first) : ofSeveral(cells);
    }),
  );

/** What is known of a label from its draws in each pair; of few items their spread says nothing. */
const ofLabel = (drawn: readonly (LabelDifference | null)[], items: number): Measured => {
  const known = drawn.filter((one) => one !== null);
  const [first] = known;
  if (first === undefined || known.length < drawn.length) return untested;
  const few = items < fewestItems;
  const { value, interval, deviation } = overSeeds(known);
  const half = known.length === 1 ? normalPoint * first.spread : (interval[1] - interval[0]) / 2;
  return {
    ...{ testCount: items, counts: null, few: null },
    before: mean(known.map(({ before }) => before)),
    after: mean(known.map(({ after }) => after)),
    difference: { value, interval: few ? null : bounded(interval), deviation },
    p: few ? null : pOfHalfWidth(value, half),
  };
};

/**
 * Average precision of every label, second side less first: draws of each pair [pairs][labels], and
 * how many items have each label.
 */
export const labelDifferences = (
  report: RunReport,
  draws: readonly (readonly (LabelDifference | null)[])[],
  items: readonly number[],
): readonly ClassDifference[] =>
  finished(
    report,
    items.map((count, j) =>
      ofLabel(
        draws.map((one) => one[j] ?? null),
        count,
      ),
    ),
  );

/** The same from what the reports say: no items to pair, so no interval. */
export const classesOfScores = (
  pairs: readonly (readonly [RunReport, RunReport])[],
  report: RunReport,
): readonly ClassDifference[] =>
  finished(
    report,
    report.dataset.classNames.map((_, j) => {
      const recalls = pairs.flatMap(([a, b]) => {
        const before = recallOf(a, j);
        const after = recallOf(b, j);
        return before === null || after === null ? [] : [{ before, after }];
      });
      if (recalls.length === 0) return untested;
      const before = mean(recalls.map((one) => one.before));
      const after = mean(recalls.map((one) => one.after));
      return {
        ...untested,
        testCount: report.scores.classes[j]?.testCount ?? 0,
        before,
        after,
        difference: { value: after - before, interval: null, deviation: null },
      };
    }),
  );

/** Recall of a class; of a label its average precision. */
const recallOf = ({ scores }: RunReport, j: number): number | null =>
  (scores.multiLabel === undefined
    ? scores.classes[j]?.recall
    : scores.multiLabel.labels[j]?.averagePrecision) ?? null;
