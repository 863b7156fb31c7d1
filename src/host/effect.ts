import type { ProfileView } from '../protocol/webview';
import { bandName } from '../report/headline';
import { readReport } from '../run/runStore';
import type { Analysis } from './datasets';
import type { Runs } from './runs';

/** Reports read, newest first, before it is given up to find one of this data. */
const mostReports = 5;

/**
 * What the imbalance does: measured by a plain baseline on this very data where one has run, else
 * the range over published runs on counts like these; null where neither says anything.
 */
export const effectOf = (
  { root, facts, plainEffect }: Analysis,
  runs: Runs,
): ProfileView['effect'] => {
  const finished = runs
    .list()
    .filter(({ record }) => record.state === 'completed' && record.datasetRoot === root);
  for (const { folder, record } of finished.slice(0, mostReports)) {
    const report = readReport(folder);
    if (report?.dataset.fingerprint !== facts.dataset.fingerprint) continue;
    const scores = record.role === 'baseline' ? report.scores : report.baseline?.scores;
    if (scores === undefined || scores.balancedAccuracy === null) continue;
    const [many, few] = [scores.many.recall, scores.few.recall];
    if (many === null || few === null) continue;
    const { scheme } = report.bands;
    const params = {
      many,
      few,
      manyName: bandName(scheme, 'many'),
      fewName: bandName(scheme, 'few'),
      items: scores.samples,
    };
    return { message: { code: 'host/effect/measured', params }, measured: true };
  }
  return plainEffect === null ? null : { message: plainEffect, measured: false };
};
