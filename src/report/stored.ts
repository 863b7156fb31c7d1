import { sparseRows, type SparseRows } from '../common/sparseRows';
import type { RunReport, RunSummary, Scores } from './types';

/** Scores as files have them: confusions of many classes by their cells. */
export type StoredScores = Omit<Scores, 'confusion'> & {
  readonly confusion: Scores['confusion'] | SparseRows;
};

/**
 * A report as files have it. `longtail.report/2` is `longtail.report/1` but that a table of
 * confusions may be stored by its cells; files without such a table remain the first version.
 */
export type StoredReport = Omit<RunReport, 'schema' | 'scores' | 'validation' | 'baseline'> & {
  readonly schema: 'longtail.report/1' | 'longtail.report/2';
  readonly scores: StoredScores;
  readonly validation: StoredScores | null;
  readonly baseline:
    | (Omit<RunSummary, 'scores'> & {
        readonly scores: StoredScores;
      })
    | null;
};

const storedScores = (scores: Scores): StoredScores => {
  const sparse = scores.confusion === null ? null : sparseRows(scores.confusion);
  return sparse === null ? scores : { ...scores, confusion: sparse };
};

const isSparse = (scores: StoredScores | null | undefined): boolean =>
  scores?.confusion != null && 'cells' in scores.confusion;

/** The report as it is written: a thousand classes are a million numbers a table, most of them 0. */
export const storedReport = (report: RunReport): StoredReport => {
  const { baseline } = report;
  const stored = {
    scores: storedScores(report.scores),
    validation: report.validation === null ? null : storedScores(report.validation),
    baseline: baseline === null ? null : { ...baseline, scores: storedScores(baseline.scores) },
  };
  const sparse = [stored.scores, stored.validation, stored.baseline?.scores].some(isSparse);
  return { ...report, ...stored, schema: sparse ? 'longtail.report/2' : 'longtail.report/1' };
};
