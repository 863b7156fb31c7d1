import type { RunReport } from '../../report/types';

/**
 * A report as pages get it: without the confusions that none of them shows, those of validation and
 * of the baseline. Of a thousand classes each has a million cells.
 */
export const shownReport = (report: RunReport): RunReport => {
  const { validation, baseline } = report;
  return {
    ...report,
    validation: validation === null ? null : { ...validation, confusion: null },
    baseline:
      baseline === null ? null : { ...baseline, scores: { ...baseline.scores, confusion: null } },
  };
};
