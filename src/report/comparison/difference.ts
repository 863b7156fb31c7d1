import type { Message } from '../../common/errors';
import { createRandom } from '../../common/random';
import {
  cellOf,
  exactCell,
  mcnemarTest,
  meanOfIntervals,
  overSeeds,
  pairedCounts,
  pairedDifference,
  pairedInterval,
  pairedLabelDifferences,
  wholeOf,
  type Measured,
  type PairedCell,
  type PairedCounts,
  type PairedLabelDifferences,
} from '../../methods/metrics';
import { at, mean } from '../../methods/numbers';
import type { Band } from '../../profile/types';
import { bandKeys, bandScore, mainScore } from '../compare';
import { classFacts } from '../tables';
import type { RunReport, Scores } from '../types';
import {
  bounded,
  classDifferences,
  classesOfScores,
  fewestItems,
  labelDifferences,
} from './classes';
import { groupRuns } from './groups';
import {
  incomparable,
  pairItems,
  pairLabels,
  pairSeeds,
  type PairedItems,
  type PairedLabelItems,
  type SeedPairs,
} from './pair';
import type {
  Compared,
  ComparedRun,
  Covers,
  Difference,
  GroupDifference,
  RunComparison,
  RunGroup,
} from './types';

/** Draws of a bootstrap. Fixed, and so is its seed: the same runs always compare the same. */
const resamples = 2000;

const coversOf = ({ pairs, independent }: SeedPairs): Covers =>
  pairs.length === 1 ? 'items' : independent ? 'seeds' : 'seeds-one';

const within = (measured: Parameters<typeof overSeeds>[0]): Difference => {
  const found = overSeeds(measured);
  return { ...found, interval: bounded(found.interval) };
};

/** Mean recall, weighed by `shares`, from the intervals of the classes; null where none is too small to resample. */
const fromSmallClasses = (counts: PairedCounts, shares: Float64Array): Measured | null => {
  const places = [...shares.keys()].filter((j) => at(shares, j) > 0 && at(counts.support, j) > 0);
  if (places.every((j) => at(counts.support, j) >= fewestItems)) return null;
  const cells = places.map((j) => cellOf(counts, j));
  const parts = cells.map((cell) => ({
    value: (cell.onlyB - cell.onlyA) / cell.items,
    interval: pairedInterval(cell),
  }));
  return meanOfIntervals(
    parts,
    places.map((j) => at(shares, j)),
  );
};

/** Mean recall, weighed by `shares`, of each pair; then over the pairs. */
const recallDifference = (
  paired: readonly PairedItems[],
  counts: readonly PairedCounts[],
  shares: Float64Array,
): Difference | null => {
  const measured = paired.map(({ labels, a, b }, i) => {
    const own = counts[i];
    const small = own === undefined ? null : fromSmallClasses(own, shares);
    if (small !== null) return small;
    const options = { random: createRandom(i, 'comparison'), resamples, shares };
    const { difference, interval } = pairedDifference(labels, { a, b }, shares.length, options);
    return { value: difference, interval };
  });
  return measured.some(({ value }) => Number.isNaN(value)) ? null : within(measured);
};

/** The share of items that are right, or of which all labels are. */
const accuracyOf = (cells: readonly PairedCell[]): Difference =>
  within(
    cells.map((cell) => ({
      value: (cell.onlyB - cell.onlyA) / cell.items,
      interval: pairedInterval(cell),
    })),
  );

/** All of a list; null where one is missing, and for an empty one. */
const allOf = <T>(values: readonly (T | null)[]): readonly [T, ...T[]] | null => {
  const [first, ...others] = values.filter((value) => value !== null);
  return first === undefined || 1 + others.length < values.length ? null : [first, ...others];
};

/** Items that have a label. */
const countOf = ({ targets, count }: PairedLabelItems, label: number): number => {
  let items = 0;
  for (let i = label; i < targets.length; i += count) items += at(targets, i);
  return items;
};

const bandDifferences = (
  of: (band: Band) => Difference | null,
): Readonly<Record<Band, Difference | null>> => ({
  many: of('many'),
  medium: of('medium'),
  few: of('few'),
});

const fromItems = (
  report: RunReport,
  paired: readonly [PairedItems, ...PairedItems[]],
  seeds: SeedPairs,
): GroupDifference => {
  const { classNames } = report.dataset;
  const facts = classFacts(report);
  const counts = paired.map(({ labels, a, b }) =>
    pairedCounts(labels, { a, b }, classNames.length),
  );
  const cells = counts.map(wholeOf);
  const [first] = cells;
  const inBand = (band: Band): Difference | null => {
    const shares = Float64Array.from(classNames, (name) =>
      facts.get(name)?.band === band ? 1 : 0,
    );
    return recallDifference(paired, counts, shares);
  };
  return {
    pairs: paired.length,
    covers: coversOf(seeds),
    items: { common: paired[0].labels.length, own: paired[0].own, other: paired[0].other },
    balanced: recallDifference(paired, counts, new Float64Array(classNames.length).fill(1)),
    accuracy: accuracyOf(cells),
    macroF1: null,
    accuracyP: cells.length === 1 && first !== undefined ? mcnemarTest(first) : null,
    bands: bandDifferences(inBand),
    classes: classDifferences(report, counts),
  };
};

/** Where items may have several labels: everything from one bootstrap over the items of each pair. */
const fromLabels = (
  report: RunReport,
  paired: readonly [PairedLabelItems, ...PairedLabelItems[]],
  seeds: SeedPairs,
): GroupDifference => {
  const { classNames } = report.dataset;
  const facts = classFacts(report);
  const sets = [
    classNames.map(() => true),
    ...bandKeys.map((band) => classNames.map((name) => facts.get(name)?.band === band)),
  ];
  const found = paired.map((one, i) =>
    pairedLabelDifferences(one, sets, { random: createRandom(i, 'comparison'), resamples }),
  );
  const over = (of: (one: PairedLabelDifferences) => Measured | null): Difference | null => {
    const measured = allOf(found.map(of));
    return measured === null ? null : within(measured);
  };
  const cells = paired.map(exactCell);
  const [first] = cells;
  return {
    pairs: paired.length,
    covers: coversOf(seeds),
    items: {
      common: paired[0].targets.length / classNames.length,
      own: paired[0].own,
      other: paired[0].other,
    },
    balanced: over(({ means }) => means[0] ?? null),
    accuracy: accuracyOf(cells),
    macroF1: over(({ macroF1 }) => macroF1),
    accuracyP: cells.length === 1 && first !== undefined ? mcnemarTest(first) : null,
    bands: bandDifferences((band) =>
      over(({ means }) => means[1 + bandKeys.indexOf(band)] ?? null),
    ),
    classes: labelDifferences(
      report,
      found.map(({ labels }) => labels),
      classNames.map((_, j) => countOf(paired[0], j)),
    ),
  };
};

/** Whether two reports may be of the same test items: as many of every class. */
const sameTest = (a: RunReport, b: RunReport): boolean =>
  a.scoredSplit === b.scoredSplit &&
  a.scores.classes.every(({ testCount }, j) => testCount === b.scores.classes[j]?.testCount);

const fromScores = (report: RunReport, { pairs }: SeedPairs): GroupDifference => {
  const over = (of: (scores: Scores) => number | null): Difference | null => {
    const values = pairs.map(([a, b]) => {
      const [before, after] = [of(a.report.scores), of(b.report.scores)];
      return before === null || after === null ? null : after - before;
    });
    const known = values.filter((value) => value !== null);
    if (known.length < values.length) return null;
    return { value: mean(known), interval: null, deviation: null };
  };
  const { samples } = report.scores;
  return {
    pairs: pairs.length,
    covers: 'nothing',
    items: { common: samples, own: samples, other: samples },
    balanced: over((scores) => mainScore(scores).value),
    accuracy: over(({ accuracy }) => accuracy),
    macroF1: report.scores.multiLabel === undefined ? null : over(({ macroF1 }) => macroF1),
    accuracyP: null,
    bands: bandDifferences((band) => over((scores) => bandScore(scores, band))),
    classes: classesOfScores(
      pairs.map(([a, b]) => [a.report, b.report]),
      report,
    ),
  };
};

/** One group less the reference, or why they cannot be compared. */
export const compareGroups = (reference: RunGroup, other: RunGroup): GroupDifference | Message => {
  const seeds = pairSeeds(reference, other);
  const [head] = seeds.pairs;
  if (head === undefined) throw new RangeError('a group has no run');
  const { report } = head[0];
  const names = { a: reference.title, b: other.title };
  const hindered = seeds.pairs.flatMap(([a, b]) => incomparable(a, b) ?? [])[0];
  if (hindered !== undefined) return { code: hindered.code, params: names };
  const items = allOf(seeds.pairs.map(([a, b]) => pairItems(a, b)));
  const sets = allOf(seeds.pairs.map(([a, b]) => pairLabels(a, b)));
  const empty =
    items?.some(({ labels }) => labels.length === 0) === true ||
    sets?.some(({ targets }) => targets.length === 0) === true;
  if (empty) return { code: 'comparison/other-test', params: names };
  if (items !== null) return fromItems(report, items, seeds);
  if (sets !== null) return fromLabels(report, sets, seeds);
  return seeds.pairs.every(([a, b]) => sameTest(a.report, b.report))
    ? fromScores(report, seeds)
    : { code: 'comparison/other-test', params: names };
};

/** Every group less the one at `place`, the first where there is none there. At least one run. */
export const comparedWith = (
  groups: readonly [RunGroup, ...RunGroup[]],
  place: number,
): RunComparison => {
  const reference = groups[place] ?? groups[0];
  return {
    groups,
    reference,
    compared: groups
      .filter((group) => group !== reference)
      .map((group): Compared => ({ group, difference: compareGroups(reference, group) })),
  };
};

/** The groups of runs that were named, their baselines behind them. RangeError for no run. */
export const groupsOf = (runs: readonly ComparedRun[]): readonly [RunGroup, ...RunGroup[]] => {
  const [first, ...others] = groupRuns(runs);
  if (first === undefined) throw new RangeError('no run to compare');
  return [first, ...others];
};

/** What groups are held against unless something else is asked: plain training for one alone, else the first. */
export const usualReference = (groups: readonly RunGroup[]): number => {
  const plain = groups.findIndex(({ role }) => role === 'plain');
  return groups.filter(({ role }) => role !== 'plain').length === 1 ? Math.max(0, plain) : 0;
};

/** Whether a comparison came to differences. */
export const isDifference = (found: GroupDifference | Message): found is GroupDifference =>
  !('code' in found);
