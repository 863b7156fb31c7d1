import { denseRows } from '../common/sparseRows';
import type { StoredReport, StoredScores } from '../report/stored';
import type { RunReport, Scores } from '../report/types';

const schemas: ReadonlySet<unknown> = new Set(['longtail.report/1', 'longtail.report/2']);

const isStored = (value: unknown): value is StoredReport =>
  typeof value === 'object' && value !== null && 'schema' in value && schemas.has(value.schema);

const scoresOf = (scores: StoredScores): Scores => {
  const { confusion } = scores;
  return {
    ...scores,
    confusion: confusion !== null && 'cells' in confusion ? denseRows(confusion) : confusion,
  };
};

/**
 * The report of a file, of either version, as everything here takes it: with whole tables of
 * confusions. null for another file. Throws RangeError where such a table is damaged.
 */
export const reportOfStored = (value: unknown): RunReport | null => {
  if (!isStored(value)) return null;
  const { scores, validation, baseline } = value;
  return {
    ...value,
    schema: 'longtail.report/1',
    scores: scoresOf(scores),
    validation: validation === null ? null : scoresOf(validation),
    baseline: baseline === null ? null : { ...baseline, scores: scoresOf(baseline.scores) },
  };
};
