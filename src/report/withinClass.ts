import type { WithinClassFacts } from '../profile/types';
import { words } from '../words/say';
import { integer, type Table } from './tables';

/** What the cross table says, in sentences. */
export const withinSentences = (facts: WithinClassFacts): readonly string[] => {
  const { by, groups, cells, emptyCells, fromOneGroup, withoutGroup, worst } = facts;
  const beyond = worst.filter(({ beyondChance }) => beyondChance === true).length;
  return [
    words('within/head', { by, groups: groups.length, count: emptyCells, cells }),
    ...(fromOneGroup.count === 0 ? [] : [words('within/from-one', { ...fromOneGroup, by })]),
    ...(withoutGroup === 0 ? [] : [words('within/without-group', { count: withoutGroup, by })]),
    ...(worst.length === 0
      ? [words('within/even')]
      : [words(beyond === 0 ? 'within/worst' : 'within/worst-tested', { count: beyond })]),
  ];
};

const columns = ['class', 'group', 'count', 'share', 'expected'] as const;

/** The worst cells: k of the n of the class, its share, and the group's share in everything. */
export const withinTable = ({ worst }: WithinClassFacts, most: number): Table => ({
  columns: columns.map((key, i) => ({
    key,
    label: words(`within/column/${key}`),
    align: i < 2 ? 'left' : 'right',
  })),
  rows: worst.slice(0, most).map((cell) => ({
    marked: cell.beyondChance === true,
    cells: [
      { text: cell.class },
      { text: cell.group },
      { text: words('within/k-of-n', { k: integer(cell.count), n: integer(cell.of) }) },
      { text: words('within/share', { share: cell.share }) },
      { text: words('within/share', { share: cell.expectedShare }) },
    ],
  })),
});
