import { LongtailError } from '../common/errors';
import type { SampleGroups } from '../dataset/sampleGroups';
import type { DatasetIndex } from '../dataset/types';
import { binomialTest, falseDiscoveryCount } from '../methods/metrics';
import type { WithinCell, WithinClassFacts } from './types';

/** Cells that are kept in memory at most: 16 MB of counts. */
const mostCells = 4_000_000;
/** Tables up to this many cells are in the profile as a whole. */
const mostTable = 2500;
/** Cells that are tested against chance at most. */
const mostTested = 100_000;
const worstShown = 20;
const namesShown = 8;
/** Below an expectation of three an empty cell may be chance: e⁻³ is 5 %. */
const leastExpected = 3;

interface Cross {
  /** Labels by class and group, row by row. */
  readonly counts: Uint32Array;
  readonly byClass: Float64Array;
  readonly byGroup: Float64Array;
  readonly labels: number;
  readonly withoutGroup: number;
}

const cross = (index: DatasetIndex, split: number | null, groups: SampleGroups): Cross => {
  const [classes, width] = [index.classNames.length, groups.names.length];
  const counts = new Uint32Array(classes * width);
  const byClass = new Float64Array(classes);
  const byGroup = new Float64Array(width);
  let [labels, withoutGroup] = [0, 0];
  for (let sample = 0; sample < index.samples; sample++) {
    if (split !== null && index.split[sample] !== split) continue;
    const group = groups.groupOf[sample] ?? -1;
    const end = index.labelStart[sample + 1] ?? 0;
    for (let at = index.labelStart[sample] ?? 0; at < end; at++) {
      if (group < 0) {
        withoutGroup++;
        continue;
      }
      const id = index.labels[at] ?? 0;
      const cell = id * width + group;
      counts[cell] = (counts[cell] ?? 0) + 1;
      byClass[id] = (byClass[id] ?? 0) + 1;
      byGroup[group] = (byGroup[group] ?? 0) + 1;
      labels++;
    }
  }
  return { counts, byClass, byGroup, labels, withoutGroup };
};

/** Whether a p-value is among the findings of which at most 5 % are false. */
const findingLimit = (values: readonly number[]): number => {
  const found = falseDiscoveryCount(values);
  return found === 0 ? -1 : (values.toSorted((a, b) => a - b)[found - 1] ?? -1);
};

/** Cells below expectation where at least three labels were to be expected, the worst first. */
const shortCells = (
  { counts, byClass, byGroup, labels }: Cross,
  names: { readonly classes: readonly string[]; readonly groups: readonly string[] },
  tested: boolean,
): readonly WithinCell[] => {
  const width = byGroup.length;
  const cells: { id: number; group: number; expected: number; p: number }[] = [];
  for (let id = 0; id < byClass.length; id++)
    for (let group = 0; group < width; group++) {
      const share = (byGroup[group] ?? 0) / labels;
      const expected = (byClass[id] ?? 0) * share;
      if (expected < leastExpected) continue;
      const own = counts[id * width + group] ?? 0;
      const p = tested ? binomialTest(own, byClass[id] ?? 0, share) : 1;
      cells.push({ id, group, expected, p });
    }
  const limit = tested ? findingLimit(cells.map(({ p }) => p)) : -1;
  const own = (cell: { id: number; group: number }): number =>
    counts[cell.id * width + cell.group] ?? 0;
  return cells
    .filter((cell) => own(cell) < cell.expected)
    .sort((a, b) => own(a) / a.expected - own(b) / b.expected || b.expected - a.expected)
    .slice(0, worstShown)
    .map((cell) => {
      const of = byClass[cell.id] ?? 0;
      return {
        class: names.classes[cell.id] ?? '',
        group: names.groups[cell.group] ?? '',
        count: own(cell),
        of,
        share: own(cell) / of,
        expectedShare: (byGroup[cell.group] ?? 0) / labels,
        beyondChance: tested ? cell.p <= limit : null,
      };
    });
};

const emptyCells = ({ counts, byClass, byGroup }: Cross): { cells: number; empty: number } => {
  let [cells, empty] = [0, 0];
  for (let id = 0; id < byClass.length; id++)
    for (let group = 0; group < byGroup.length; group++) {
      if (byClass[id] === 0 || byGroup[group] === 0) continue;
      cells++;
      if (counts[id * byGroup.length + group] === 0) empty++;
    }
  return { cells, empty };
};

/** Classes all of whose labels are in one group, though there are several. */
const fromOneGroup = ({ counts, byClass, byGroup }: Cross, names: readonly string[]): string[] =>
  byGroup.filter((n) => n > 0).length < 2
    ? []
    : names.filter((_, id) => {
        const row = counts.subarray(id * byGroup.length, (id + 1) * byGroup.length);
        return (byClass[id] ?? 0) > 1 && row.some((n) => n === byClass[id]);
      });

/**
 * Imbalance inside the classes: classes crossed with groups of samples, in the profiled split. Named
 * are the cells that fall furthest below what the group's share in everything lets expect; a class
 * learnt at one site only is learnt with the site. null where no label has a group. LongtailError
 * `within/too-many-cells`.
 */
export const profileWithinClass = (
  index: DatasetIndex,
  profiledSplit: string,
  groups: SampleGroups & { readonly by: string },
): WithinClassFacts | null => {
  const { classNames } = index;
  const cells = classNames.length * groups.names.length;
  if (cells > mostCells)
    throw new LongtailError('within/too-many-cells', {
      classes: classNames.length,
      groups: groups.names.length,
    });
  const split = profiledSplit === 'all' ? null : index.splitNames.indexOf(profiledSplit);
  const table = cross(index, split, groups);
  if (table.labels === 0) return null;
  const objects = index.task === 'detection' || index.task === 'segmentation';
  const single = fromOneGroup(table, classNames);
  const { cells: filled, empty } = emptyCells(table);
  const width = groups.names.length;
  return {
    by: groups.by,
    labels: table.labels,
    withoutGroup: table.withoutGroup,
    groups: groups.names.map((name, id) => ({ name, count: table.byGroup[id] ?? 0 })),
    cells: filled,
    emptyCells: empty,
    fromOneGroup: { count: single.length, names: single.slice(0, namesShown) },
    // Objects of one picture are not independent, so nothing is tested for them.
    worst: shortCells(
      table,
      { classes: classNames, groups: groups.names },
      !objects && cells <= mostTested,
    ),
    ...(cells > mostTable
      ? {}
      : {
          table: classNames.map((name, id) => ({
            name,
            counts: [...table.counts.subarray(id * width, (id + 1) * width)],
          })),
        }),
  };
};
