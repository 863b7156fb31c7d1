import { words, type Locale } from '../../words/say';
import { duration, score, type Cell, type Column, type Table } from '../tables';
import type { SweepDifference, SweepMeasure, SweepReport, SweepRow, SweepScores } from './types';

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

/** Scores that a column of the table shows and that can be the best of it. */
const scored = {
  test: ({ balancedAccuracy }: SweepScores) => balancedAccuracy.value,
  many: ({ many }: SweepScores) => many,
  medium: ({ medium }: SweepScores) => medium,
  few: ({ few }: SweepScores) => few,
};
type Scored = keyof typeof scored;

/** The recipe that is best in each column on validation, the first of equals; none without. */
const bestIn = (rows: readonly SweepRow[], column: Scored): string | null => {
  const values = rows.flatMap(({ id, validation }) => {
    const value = validation === null ? null : scored[column](validation);
    return value === null ? [] : [{ id, value }];
  });
  if (values.length < 2) return null;
  return values.reduce((best, one) => (one.value > best.value ? one : best)).id;
};

/** All recipes beside plain training, in the order they were tried; ★ = best of its column. */
export const sweepTable = (sweep: SweepReport, locale: Locale = 'en'): Table => {
  const column = (key: string, align: 'left' | 'right'): Column => ({
    key,
    label: words(`sweep/column/${key}`, {}, locale),
    align,
  });
  const best = {
    test: bestIn(sweep.rows, 'test'),
    many: bestIn(sweep.rows, 'many'),
    medium: bestIn(sweep.rows, 'medium'),
    few: bestIn(sweep.rows, 'few'),
  };
  const starred = (row: SweepRow, key: Scored, text: string): Cell => ({
    text: best[key] === row.id ? words('sweep/starred', { score: text }, locale) : text,
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
        starred(row, 'test', ranged(row.test.balancedAccuracy)),
        starred(row, 'many', score(row.test.many)),
        starred(row, 'medium', score(row.test.medium)),
        starred(row, 'few', score(row.test.few)),
        { text: score(row.test.ece) },
        difference(row.againstPlain, locale),
        { text: duration(row.seconds, locale) },
      ],
    })),
  };
};
