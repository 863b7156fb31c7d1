import type { RunReport } from './types';

/** One report as it is (`longtail.report/1`), several as an array of them. */
export const toJson = (reports: readonly [RunReport, ...RunReport[]]): string =>
  `${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`;
