import { storedReport } from './stored';
import type { RunReport } from './types';

/** One report as runs keep it (`longtail.report/1` or `/2`), several as an array of them. */
export const toJson = (reports: readonly [RunReport, ...RunReport[]]): string => {
  const [first, ...others] = reports.map(storedReport);
  return `${JSON.stringify(others.length === 0 ? first : [first, ...others], null, 2)}\n`;
};
