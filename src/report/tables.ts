import { resolveBands } from '../methods/bands';
import type { Band } from '../profile/types';
import { words, type Locale } from '../words/say';
import { bandKeys, halfWidth, trainingSeconds, type Comparison } from './compare';
import { bandName } from './headline';
import type { RunReport } from './types';

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly align: 'left' | 'right';
}

/** `tone` marks a change for the eye; the sign in the text carries the meaning. */
export interface Cell {
  readonly text: string;
  readonly tone?: 'better' | 'worse';
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

const signed = (value: number | null): Cell =>
  value === null
    ? { text: missing }
    : {
        text: `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`,
        ...(Math.abs(value) < 0.0005
          ? {}
          : { tone: value > 0 ? ('better' as const) : ('worse' as const) }),
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

/** Every run and baseline, one a row; `marked` is the id of the run the report is about. */
export const comparisonTable = (
  { bands, rows }: Comparison,
  marked: string | null,
  locale: Locale = 'en',
): Table => {
  const label = (name: string): string => words(`report/column/${name}`, {}, locale);
  const right = (key: string): Column => ({ key, label: label(key), align: 'right' });
  const binary = rows.some(({ scores }) => scores.binary !== null);
  return {
    columns: [
      { key: 'recipe', label: label('recipe'), align: 'left' },
      right('overall'),
      right('balanced'),
      right('change'),
      right('interval'),
      ...bandKeys.map((band): Column => ({
        key: band,
        label: bandName(bands.scheme, band, locale),
        align: 'right',
      })),
      ...['worst', 'macroF1', 'gMean', 'ece'].map(right),
      ...(binary ? ['auroc', 'averagePrecision', 'mcc'].map(right) : []),
      right('time'),
    ],
    rows: rows.map(({ id, title, scores, change, seconds }) => ({
      marked: id === marked,
      cells: [
        { text: title },
        { text: score(scores.accuracy) },
        { text: score(scores.balancedAccuracy) },
        signed(change?.balancedAccuracy ?? null),
        { text: `±${halfWidth(scores).toFixed(3)}` },
        ...bandKeys.map((band) => ({ text: score(scores[band].recall) })),
        { text: score(scores.worstClass?.recall ?? null) },
        { text: score(scores.macroF1) },
        { text: score(scores.gMean) },
        { text: score(scores.ece) },
        ...(binary
          ? [
              { text: score(scores.binary?.auroc ?? null) },
              { text: score(scores.binary?.averagePrecision ?? null) },
              { text: score(scores.binary?.mcc ?? null) },
            ]
          : []),
        {
          // What is done to a trained model afterwards takes no training of its own.
          text: seconds === 0 ? words('report/time/none', {}, locale) : duration(seconds, locale),
        },
      ],
    })),
  };
};

/** A class of a report beside its plain baseline, largest training count first. */
export interface ClassRow {
  readonly name: string;
  readonly band: Band | null;
  readonly trainCount: number;
  readonly testCount: number;
  readonly plain: number | null;
  readonly recall: number | null;
  readonly precision: number | null;
}

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

/** Classes of a report by falling training count; equal counts keep the report's order. */
export const classRows = (report: RunReport): readonly ClassRow[] => {
  const plain = new Map(
    report.baseline?.scores.classes.map(({ name, recall }) => [name, recall] as const) ?? [],
  );
  const facts = classFacts(report);
  return report.scores.classes
    .map(({ name, testCount, recall, precision }): ClassRow => ({
      name,
      band: facts.get(name)?.band ?? null,
      trainCount: facts.get(name)?.trainCount ?? 0,
      testCount,
      plain: plain.get(name) ?? null,
      recall,
      precision,
    }))
    .sort((a, b) => b.trainCount - a.trainCount);
};

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A whole number with its thousands apart. */
export const integer = (value: number): string => grouped.format(value);

/** Counts, recall beside plain and precision, one class a row. */
export const classTable = (report: RunReport, locale: Locale = 'en'): Table => {
  const withPlain = report.baseline !== null;
  const column = (key: string, align: Column['align'] = 'right'): Column => ({
    key,
    label: words(`report/column/${key}`, {}, locale),
    align,
  });
  return {
    columns: [
      column('class', 'left'),
      column('band', 'left'),
      column('train'),
      column('tested'),
      ...(withPlain ? [column('plainRecall')] : []),
      column('recall'),
      ...(withPlain ? [column('change')] : []),
      column('precision'),
    ],
    rows: classRows(report).map((row) => ({
      marked: false,
      cells: [
        { text: row.name },
        { text: row.band === null ? missing : bandName(report.bands.scheme, row.band, locale) },
        { text: integer(row.trainCount) },
        { text: integer(row.testCount) },
        ...(withPlain ? [{ text: score(row.plain) }] : []),
        { text: score(row.recall) },
        ...(withPlain
          ? [signed(row.plain === null || row.recall === null ? null : row.recall - row.plain)]
          : []),
        { text: score(row.precision) },
      ],
    })),
  };
};

/** The most frequent confusions, worst share first within equal counts. */
export const confusionTable = (report: RunReport, most: number, locale: Locale = 'en'): Table => {
  const names = report.scores.classes.map(({ name }) => name);
  const found = report.scores.confusion.flatMap((row, truth) => {
    const all = row.reduce((sum, n) => sum + n, 0);
    return row.flatMap((count, predicted) =>
      truth === predicted || count === 0
        ? []
        : [{ truth: names[truth] ?? '', as: names[predicted] ?? '', count, share: count / all }],
    );
  });
  found.sort((a, b) => b.count - a.count || b.share - a.share);
  const label = (name: string): string => words(`report/column/${name}`, {}, locale);
  return {
    columns: [
      { key: 'true', label: label('true'), align: 'left' },
      { key: 'predicted', label: label('predicted'), align: 'left' },
      { key: 'count', label: label('count'), align: 'right' },
      { key: 'share', label: label('share'), align: 'right' },
    ],
    rows: found.slice(0, most).map(({ truth, as, count, share }) => ({
      marked: false,
      cells: [{ text: truth }, { text: as }, { text: integer(count) }, { text: score(share) }],
    })),
  };
};
