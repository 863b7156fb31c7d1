import { say, words, type Locale } from '../words/say';
import { againstTable } from './against';
import { compareRuns } from './compare';
import { deed } from './deed';
import { factsOf } from './facts';
import { footnotes, headline } from './headline';
import { confusionTable } from './confusion';
import { classTable } from './classTable';
import { comparisonTable, type Table } from './tables';
import type { RunReport } from './types';

/** Text that Markdown shows as it stands: class names and titles may hold anything. */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll(/[\r\n\t\p{Cc}]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~>]/g, '\\$&');

/** A table as GitHub-flavoured Markdown. */
export const tableLines = ({ columns, rows }: Table): string[] => [
  `| ${columns.map(({ label }) => escapeMarkdown(label)).join(' | ')} |`,
  `|${columns.map(({ align }) => (align === 'right' ? ' ---: ' : ' --- ')).join('|')}|`,
  ...rows.map(({ marked, cells }) => {
    const texts = cells.map(({ text, link }) =>
      link === undefined ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](<${link}>)`,
    );
    return `| ${texts.map((text, i) => (marked && i === 0 ? `**${text}**` : text)).join(' | ')} |`;
  }),
];

const single = (report: RunReport, locale: Locale): string[] => {
  const title = (section: string): string => `## ${words(`report/section/${section}`, {}, locale)}`;
  return [
    `# ${escapeMarkdown(report.title)}`,
    '',
    headline(report, locale)
      .map((message) => escapeMarkdown(say(message, locale)))
      .join(' '),
    '',
    deed(report)
      .map((message) => escapeMarkdown(say(message, locale)))
      .join(' '),
    '',
    title(report.baseline === null ? 'scores' : 'against'),
    '',
    ...tableLines(againstTable(report, locale)),
    '',
    footnotes(report)
      .map((message) => escapeMarkdown(say(message, locale)))
      .join(' '),
    '',
    title(report.scores.multiLabel === undefined ? 'classes' : 'labels'),
    '',
    ...tableLines(classTable(report, locale)),
    '',
    escapeMarkdown(words('report/interval-class', {}, locale)),
    '',
    ...(report.scores.confusion === null
      ? []
      : [title('confusionTop'), '', ...tableLines(confusionTable(report, 10, locale)), '']),
    title('how'),
    '',
    ...factsOf(report, locale).map(({ label, text }) => `- ${label}: ${escapeMarkdown(text)}`),
    '',
  ];
};

/** A report as GitHub-flavoured Markdown; several become one comparison and then each by itself. */
export const toMarkdown = (
  reports: readonly [RunReport, ...RunReport[]],
  locale: Locale = 'en',
): string => {
  if (reports.length === 1) return `${single(reports[0], locale).join('\n').trimEnd()}\n`;
  const comparison = compareRuns(reports);
  const lines = [
    `# ${words('report/title/comparison', {}, locale)}`,
    '',
    ...tableLines(comparisonTable(comparison, null, locale)),
    '',
    ...comparison.notes.flatMap((note) => [`- ${escapeMarkdown(say(note, locale))}`]),
    '',
    ...reports.flatMap((report) =>
      single(report, locale).map((line) => (line.startsWith('#') ? `#${line}` : line)),
    ),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
};
