import type { LongTailProfile } from '../../src/profile/types';
import { bandName } from '../../src/report/headline';
import type { FigureData } from '../../src/report/figures';
import { words } from '../../src/words/say';
import { splitName, type ClassRow } from './view';

const number = (value: number): string => words('pages/number', { value });

/** Every class with its counts: what the chart draws and what a file of it holds. */
export const classData = (
  { bands, splits, profiledSplit }: LongTailProfile,
  rows: readonly ClassRow[],
): FigureData => {
  const others = Object.keys(splits).filter((name) => name !== profiledSplit);
  const labels = [
    words('figures/column/rank'),
    words('report/column/class'),
    words('report/column/band'),
    splitName(profiledSplit),
    ...others.map(splitName),
  ];
  return {
    columns: labels.map((label) => ({ label, show: number })),
    rows: rows.map((row, i) => [
      i + 1,
      row.name,
      bandName(bands.scheme, row.band),
      row.count,
      ...others.map((name) => row.splits[name] ?? 0),
    ]),
  };
};
