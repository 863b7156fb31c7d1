/** Files that a report can be written as. */
export const reportFormats = ['html', 'md', 'json', 'csv'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const isReportFormat = (value: string): value is ReportFormat =>
  reportFormats.some((format) => format === value);
