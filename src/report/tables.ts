import { resolveBands } from '../methods/bands';
import type { Band } from '../profile/types';
import { words, type Locale } from '../words/say';
import {
  bandKeys,
  bandScore,
  halfWidth,
  trainingSeconds,
  type Comparison,
  type ComparisonRow,
} from './compare';
import { bandName } from './headline';
import type { MultiLabelScores, RunReport, Scores } from './types';

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly align: 'left' | 'right';
}

/** `tone` marks a change for the eye; the sign in the text carries the meaning. */
export interface Cell {
  readonly text: string;
  readonly tone?: 'better' | 'worse';
  /** Address of what the cell names; Markdown alone leads there. */
  readonly link?: string;
}

export interface TableRow {
  /** The row the report is about. */
  readonly marked: boolean;
  readonly cells: readonly Cell[];
}

/** A table before it becomes Markdown, HTML or text. The first cell of a row is its header. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

/** Shown where a score does not exist: an empty band, a class without test items. */
export const missing = '–';

/** Three decimals, or a dash. */
export const score = (value: number | null): string =>
  value === null ? missing : value.toFixed(3);

/** A change with its sign, toned. */
export const signed = (value: number | null): Cell =>
  value === null
    ? { text: missing }
    : Math.abs(value) < 0.0005
      ? { text: '0.000' }
      : {
          text: `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`,
          tone: value > 0 ? 'better' : 'worse',
        };

/** 83.4 → "1 min 23 s". */
export const duration = (seconds: number, locale: Locale = 'en'): string => {
  if (seconds < 10) return words('report/time/seconds', { seconds: seconds.toFixed(1) }, locale);
  const whole = Math.round(seconds);
  if (whole < 60) return words('report/time/seconds', { seconds: whole }, locale);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return words('report/time/minutes', { minutes, seconds: whole % 60 }, locale);
  return words(
    'report/time/hours',
    { hours: Math.floor(minutes / 60), minutes: minutes % 60 },
    locale,
  );
};

/** The training a report's run took itself, for a place without a column head. */
export const trainingChip = (report: RunReport, locale: Locale = 'en'): string => {
  const seconds = trainingSeconds(report);
  return seconds === 0 ? words('report/time/chip-none', {}, locale) : duration(seconds, locale);
};

/** A column of a comparison: its head, and the cell of a run. */
interface RunColumn {
  readonly column: Column;
  readonly cell: (row: ComparisonRow) => Cell;
}

/** What is done to a trained model afterwards takes no training of its own. */
const timeText = (seconds: number, locale: Locale): string =>
  seconds === 0 ? words('report/time/none', {}, locale) : duration(seconds, locale);

/** Every run and baseline, one a row; `marked` is the id of the run the report is about. */
export const comparisonTable = (
  { bands, rows }: Comparison,
  marked: string | null,
  locale: Locale = 'en',
): Table => {
  const right = (key: string, label: string, cell: RunColumn['cell']): RunColumn => ({
    column: { key, label, align: 'right' },
    cell,
  });
  const named = (key: string, of: (scores: Scores) => number | null): RunColumn =>
    right(key, words(`report/column/${key}`, {}, locale), ({ scores }) => ({
      text: score(of(scores)),
    }));
  const label = (name: string): string => words(`report/column/${name}`, {}, locale);
  const binary = rows.some(({ scores }) => scores.binary !== null);
  const several = rows.some(({ scores }) => scores.multiLabel !== undefined);
  const ofLabels = (of: (scores: MultiLabelScores) => number | null) => (scores: Scores) =>
    scores.multiLabel === undefined ? null : of(scores.multiLabel);
  const columns: readonly RunColumn[] = [
    {
      column: { key: 'recipe', label: label('recipe'), align: 'left' },
      cell: ({ title }) => ({ text: title }),
    },
    several
      ? named('mAP', (scores) => scores.multiLabel?.mAP ?? null)
      : named('overall', ({ accuracy }) => accuracy),
    ...(several ? [] : [named('balanced', ({ balancedAccuracy }) => balancedAccuracy)]),
    right('change', label('change'), ({ change }) => signed(change?.main ?? null)),
    right('interval', label('interval'), ({ scores }) => {
      const half = halfWidth(scores);
      return { text: half === null ? missing : `±${half.toFixed(3)}` };
    }),
    ...bandKeys.map((band) =>
      right(band, bandName(bands.scheme, band, locale), ({ scores }) => ({
        text: score(bandScore(scores, band)),
      })),
    ),
    ...(several
      ? [
          named(
            'macroAUROC',
            ofLabels(({ macroAUROC }) => macroAUROC),
          ),
          named(
            'microF1',
            ofLabels(({ microF1 }) => microF1),
          ),
          named('macroF1', ({ macroF1 }) => macroF1),
          named('exact', ({ accuracy, multiLabel }) =>
            multiLabel === undefined ? null : accuracy,
          ),
        ]
      : [
          named('worst', ({ worstClass }) => worstClass?.recall ?? null),
          named('macroF1', ({ macroF1 }) => macroF1),
          named('gMean', ({ gMean }) => gMean),
          named('ece', ({ ece }) => ece),
        ]),
    ...(binary
      ? [
          named('auroc', (scores) => scores.binary?.auroc ?? null),
          named('averagePrecision', (scores) => scores.binary?.averagePrecision ?? null),
          named('mcc', (scores) => scores.binary?.mcc ?? null),
        ]
      : []),
    right('time', label('time'), ({ seconds }) => ({ text: timeText(seconds, locale) })),
  ];
  return {
    columns: columns.map(({ column }) => column),
    rows: rows.map((row) => ({
      marked: row.id === marked,
      cells: columns.map(({ cell }) => cell(row)),
    })),
  };
};

/** Training count (before any hold-out) and band of every class, by name. */
export const classFacts = ({
  bands,
  dataset,
  bandCounts,
}: RunReport): ReadonlyMap<string, { readonly trainCount: number; readonly band: Band }> => {
  const request = bands.scheme === 'custom' ? bands.thresholds : bands.scheme;
  const { assignment } = resolveBands(bandCounts, request);
  return new Map(
    dataset.classNames.map((name, i) => [
      name,
      { trainCount: bandCounts[i] ?? 0, band: assignment[i] ?? 'medium' },
    ]),
  );
};

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A whole number with its thousands apart. */
export const integer = (value: number): string => grouped.format(value);
