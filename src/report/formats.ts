import { toCsv } from './csv';
import type { Curves } from './curves';
import { toHtml } from './html';
import { toJson } from './json';
import { toMarkdown } from './markdown';
import type { ReportFormat } from './formatNames';
import type { RunReport } from './types';

type Reports = readonly [RunReport, ...RunReport[]];

/** A report, or several, as the text of a file; only HTML asks for the curves, by run id. */
export const renderReports = (
  format: ReportFormat,
  reports: Reports,
  curves: () => ReadonlyMap<string, Curves>,
): string => {
  switch (format) {
    case 'html':
      return toHtml(reports, { curves: curves() });
    case 'md':
      return toMarkdown(reports);
    case 'json':
      return toJson(reports);
    case 'csv':
      return toCsv(reports);
  }
};
