import type { ProfileFacts } from '../../src/profile/classRows';
import { bandName } from '../../src/report/headline';
import type { FigureData } from '../../src/report/figures';
import { words } from '../../src/words/say';
import { rowAt, type Classes } from './classes';
import { splitName } from './view';

const number = (value: number): string => words('pages/number', { value });

/** Every class with its counts: what the chart draws and what a file of it holds. */
export const classData = (
  { bands, splits, profiledSplit }: ProfileFacts,
  classes: Classes,
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
    rows: Array.from(classes.order, (place, i) => {
      const { name, band, count } = rowAt(classes, place);
      const counts = others.map((split) => classes.split(split)[place] ?? 0);
      return [i + 1, name, bandName(bands.scheme, band), count, ...counts];
    }),
  };
};
