import { words, type Locale } from '../words/say';
import { bandKeys, bandScore, compareRuns } from './compare';
import { comparisonTable, signed, type Cell, type Table } from './tables';
import type { Scores } from './types';
import type { RunReport } from './types';

type Measure = (scores: Scores) => number | null;

/** Measures by the key of their column; all but ECE are better the larger they are. */
const measures: Readonly<Record<string, Measure>> = {
  overall: ({ accuracy }) => accuracy,
  balanced: ({ balancedAccuracy }) => balancedAccuracy,
  worst: ({ worstClass }) => worstClass?.recall ?? null,
  macroF1: ({ macroF1 }) => macroF1,
  gMean: ({ gMean }) => gMean,
  ece: ({ ece }) => ece,
  auroc: ({ binary }) => binary?.auroc ?? null,
  averagePrecision: ({ binary }) => binary?.averagePrecision ?? null,
  mcc: ({ binary }) => binary?.mcc ?? null,
  mAP: ({ multiLabel }) => multiLabel?.mAP ?? null,
  macroAUROC: ({ multiLabel }) => multiLabel?.macroAUROC ?? null,
  microF1: ({ multiLabel }) => multiLabel?.microF1 ?? null,
  exact: ({ accuracy, multiLabel }) => (multiLabel === undefined ? null : accuracy),
  ...Object.fromEntries(
    bandKeys.map((band): [string, Measure] => [band, (scores) => bandScore(scores, band)]),
  ),
};

const smallerIsBetter = new Set(['ece']);

const changeCell = (key: string, after: Scores, before: Scores): Cell => {
  const of = measures[key];
  if (of === undefined) return { text: '' };
  const [now, then] = [of(after), of(before)];
  const { text, tone } = signed(now === null || then === null ? null : now - then);
  if (tone === undefined) return { text };
  const turned = tone === 'better' ? 'worse' : 'better';
  return { text, tone: smallerIsBetter.has(key) ? turned : tone };
};

/**
 * The scores of one run beside its plain baseline and, below both, how each changed. Without a
 * baseline the run's scores alone.
 */
export const againstTable = (report: RunReport, locale: Locale = 'en'): Table => {
  const table = comparisonTable(compareRuns([report]), report.id, locale);
  const { baseline, scores } = report;
  if (baseline === null) return table;
  const kept = table.columns.flatMap(({ key }, i) => (key === 'change' ? [] : [i]));
  const pick = <T>(of: readonly T[]): T[] => kept.flatMap((i) => of.slice(i, i + 1));
  const columns = pick(table.columns);
  const changes = columns.map(({ key }, i): Cell =>
    i === 0
      ? { text: words('report/column/change', {}, locale) }
      : changeCell(key, scores, baseline.scores),
  );
  return {
    columns,
    rows: [
      ...table.rows.map((row) => ({ ...row, cells: pick(row.cells) })),
      { marked: false, cells: changes },
    ],
  };
};
