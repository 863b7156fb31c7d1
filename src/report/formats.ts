import { toCsv } from './csv';
import { toHtml, type HtmlOptions } from './html';
import { toJson } from './json';
import { toMarkdown } from './markdown';
import type { ReportFormat } from './formatNames';
import type { RunReport } from './types';

type Reports = readonly [RunReport, ...RunReport[]];

/** A report, or several, as the text of a file; only HTML asks for what else the runs' files tell. */
export const renderReports = (
  format: ReportFormat,
  reports: Reports,
  more: () => Pick<HtmlOptions, 'curves' | 'diagnoses'>,
): string => {
  switch (format) {
    case 'html':
      return toHtml(reports, more());
    case 'md':
      return toMarkdown(reports);
    case 'json':
      return toJson(reports);
    case 'csv':
      return toCsv(reports);
  }
};
