import { wilsonInterval } from '../methods/metrics';
import type { Band } from '../profile/types';
import { words, type Locale } from '../words/say';
import { bandKeys } from './compare';
import { bandName } from './headline';
import { classFacts, integer, missing, score, signed, type Cell, type Table } from './tables';
import type { LabelScore, RunReport, Scores } from './types';

/** A class of a report beside its plain baseline, largest training count first. */
export interface ClassRow {
  readonly name: string;
  readonly band: Band | null;
  readonly trainCount: number;
  readonly testCount: number;
  /** Recall of the plain baseline and of this run; average precision where there are labels. */
  readonly plain: number | null;
  readonly own: number | null;
  readonly recall: number | null;
  readonly precision: number | null;
  /** Harmonic mean of the two; 0 where nothing of the class is right, null without a test item. */
  readonly f1: number | null;
  /** Where items may have several labels. */
  readonly label: LabelScore | null;
}

/** The score of every class: its recall, or with several labels its average precision. */
const classScores = ({ classes, multiLabel }: Scores): ReadonlyMap<string, number | null> =>
  multiLabel === undefined
    ? new Map(classes.map(({ name, recall }) => [name, recall]))
    : new Map(multiLabel.labels.map(({ name, averagePrecision }) => [name, averagePrecision]));

/** Harmonic mean of recall and precision; null without a test item. */
export const f1Of = (recall: number | null, precision: number | null): number | null => {
  if (recall === null) return null;
  const sum = recall + (precision ?? 0);
  return sum === 0 ? 0 : (2 * recall * (precision ?? 0)) / sum;
};

/** Classes of a report by falling training count; equal counts keep the report's order. */
export const classRows = (report: RunReport): readonly ClassRow[] => {
  const { scores, baseline } = report;
  const plain = baseline === null ? null : classScores(baseline.scores);
  const own = classScores(scores);
  const facts = classFacts(report);
  return scores.classes
    .map(({ name, testCount, recall, precision }, i): ClassRow => ({
      name,
      band: facts.get(name)?.band ?? null,
      trainCount: facts.get(name)?.trainCount ?? 0,
      testCount,
      plain: plain?.get(name) ?? null,
      own: own.get(name) ?? null,
      recall,
      precision,
      f1: f1Of(recall, precision),
      label: scores.multiLabel?.labels[i] ?? null,
    }))
    .sort((a, b) => b.trainCount - a.trainCount);
};

/** Below this many test items a share says less than the items themselves. */
const itemsForInterval = 20;

/** How sure a recall is: its 95 % interval, or with few test items how many of them are right. */
export const recallInterval = (
  { recall, testCount }: Pick<ClassRow, 'recall' | 'testCount'>,
  locale: Locale = 'en',
): string => {
  if (recall === null || testCount === 0) return missing;
  const right = Math.round(recall * testCount);
  if (testCount < itemsForInterval)
    return words('report/interval-few', { count: testCount, right }, locale);
  const [low, high] = wilsonInterval(right, testCount);
  return `${low.toFixed(3)} … ${high.toFixed(3)}`;
};

/** A column of the class table: what it shows, and what it sorts by. */
export interface ClassColumn {
  readonly key: string;
  readonly label: string;
  readonly align: 'left' | 'right';
  readonly cell: (row: ClassRow) => Cell;
  /** A name, or a number; null comes last either way. */
  readonly value: (row: ClassRow) => string | number | null;
}

/** Counts and scores beside plain ones; what there is of them depends on the report. */
export const classColumns = (report: RunReport, locale: Locale = 'en'): readonly ClassColumn[] => {
  const several = report.scores.multiLabel !== undefined;
  const withPlain = report.baseline !== null;
  const column = (
    key: string,
    value: ClassColumn['value'],
    cell: ClassColumn['cell'],
    align: ClassColumn['align'] = 'right',
  ): ClassColumn => ({ key, label: words(`report/column/${key}`, {}, locale), align, cell, value });
  const scored = (key: string, value: (row: ClassRow) => number | null): ClassColumn =>
    column(key, value, (row) => ({ text: score(value(row)) }));
  const counted = (key: string, value: (row: ClassRow) => number): ClassColumn =>
    column(key, value, (row) => ({ text: integer(value(row)) }));
  const changed = ({ plain, own }: ClassRow): number | null =>
    plain === null || own === null ? null : own - plain;
  const bandText = ({ band }: ClassRow): string =>
    band === null ? missing : bandName(report.bands.scheme, band, locale);
  const plain = several ? 'plainPrecision' : 'plainRecall';
  const change = column('change', changed, (row) => signed(changed(row)));
  const interval = column(
    'recallInterval',
    (row) => row.recall,
    (row) => ({ text: recallInterval(row, locale) }),
  );
  return [
    column(
      several ? 'label' : 'class',
      ({ name }) => name,
      ({ name }) => ({ text: name }),
      'left',
    ),
    column(
      'band',
      ({ band }) => (band === null ? null : bandKeys.indexOf(band)),
      (row) => ({ text: bandText(row) }),
      'left',
    ),
    counted('train', ({ trainCount }) => trainCount),
    counted('tested', ({ testCount }) => testCount),
    ...(withPlain ? [scored(plain, (row) => row.plain)] : []),
    scored(several ? 'averagePrecision' : 'recall', ({ own }) => own),
    ...(several ? [] : [interval]),
    ...(withPlain ? [change] : []),
    ...(several
      ? [
          scored('auroc', ({ label }) => label?.auroc ?? null),
          scored('f1', ({ label }) => label?.f1 ?? null),
          scored('recall', ({ recall }) => recall),
          interval,
        ]
      : []),
    scored('precision', ({ precision }) => precision),
    several
      ? scored('threshold', ({ label }) => label?.threshold ?? null)
      : scored('f1', ({ f1 }) => f1),
  ];
};

/** Every class or label, one a row, by falling training count. */
export const classTable = (report: RunReport, locale: Locale = 'en'): Table => {
  const columns = classColumns(report, locale);
  return {
    columns: columns.map(({ key, label, align }) => ({ key, label, align })),
    rows: classRows(report).map((row) => ({
      marked: false,
      cells: columns.map(({ cell }) => cell(row)),
    })),
  };
};

/** Rows that fit a filter on name and band, in the order of a column; ties stay as they stand. */
export const arrangedRows = (
  rows: readonly ClassRow[],
  {
    column,
    descending,
    filter,
    band,
  }: {
    readonly column: Pick<ClassColumn, 'value'> | undefined;
    readonly descending: boolean;
    readonly filter: string;
    readonly band: string;
  },
): readonly ClassRow[] => {
  const wanted = filter.trim().toLocaleLowerCase();
  const found = rows.filter(
    (row) =>
      (band === '' || row.band === band) &&
      (wanted === '' || row.name.toLocaleLowerCase().includes(wanted)),
  );
  if (column === undefined) return found;
  const sign = descending ? -1 : 1;
  const { compare } = new Intl.Collator();
  return found.sort((a, b) => {
    const [left, right] = [column.value(a), column.value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'string' || typeof right === 'string')
      return sign * compare(String(left), String(right));
    return sign * (left - right);
  });
};
