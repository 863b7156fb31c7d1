import { words, type Locale } from '../../words/say';
import { duration, score, type Cell, type Column, type Table } from '../tables';
import type { SweepDifference, SweepMeasure, SweepReport, SweepRow } from './types';

const ranged = ({ value, interval: [low, high] }: SweepMeasure): string =>
  `${score(value)} [${score(low)}, ${score(high)}]`;

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

const difference = (found: SweepDifference | null, locale: Locale): Cell => {
  if (found === null) return { text: words('sweep/itself', {}, locale) };
  const { value, interval, tie } = found;
  const text = `${signed(value)} [${signed(interval[0])}, ${signed(interval[1])}]`;
  if (tie) return { text: `${text} ${words('sweep/tie', {}, locale)}` };
  return { text, tone: value > 0 ? 'better' : 'worse' };
};

/** The recipe's name with its mark: best on validation, or not to be told from it. */
const named = (row: SweepRow, best: string | null, locale: Locale): string => {
  const title = words(`sweep/recipe/${row.id}`, {}, locale);
  if (row.id === best) return `${title} ${words('sweep/mark/best', {}, locale)}`;
  return row.againstBest?.tie === true ? `${title} ${words('sweep/mark/tie', {}, locale)}` : title;
};

/** All recipes beside plain training, in the order they were tried. */
export const sweepTable = (sweep: SweepReport, locale: Locale = 'en'): Table => {
  const column = (key: string, align: 'left' | 'right'): Column => ({
    key,
    label: words(`sweep/column/${key}`, {}, locale),
    align,
  });
  return {
    columns: [
      column('recipe', 'left'),
      column('validation', 'right'),
      column('test', 'right'),
      column('many', 'right'),
      column('medium', 'right'),
      column('few', 'right'),
      column('ece', 'right'),
      column('against', 'right'),
      column('seconds', 'right'),
    ],
    rows: sweep.rows.map((row) => ({
      marked: row.id === sweep.best,
      cells: [
        { text: named(row, sweep.best, locale) },
        { text: score(row.validation?.balancedAccuracy.value ?? null) },
        { text: ranged(row.test.balancedAccuracy) },
        { text: score(row.test.many) },
        { text: score(row.test.medium) },
        { text: score(row.test.few) },
        { text: score(row.test.ece) },
        difference(row.againstPlain, locale),
        { text: duration(row.seconds, locale) },
      ],
    })),
  };
};
