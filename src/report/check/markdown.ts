import type { CheckReport, ComparedNumber, Finding } from '../../check/types';
import { words } from '../../words/say';
import { integer, missing } from '../tables';
import { plainText } from '../text';
import { findingText, verdict } from './sentences';

/** Rows of a comment; a reviewer reads no more, and the JSON has all. */
const shownFindings = 20;

/** Text in a cell: no bar, break or tag of its own, nobody mentioned, no issue linked. */
const cell = (text: string): string =>
  plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~]/g, (mark) => `\\${mark}`)
    .replaceAll(/[@#]/g, (mark) => `${mark}\u200b`);

const number = (value: number | null | undefined): string =>
  value === undefined || value === null
    ? missing
    : Number.isInteger(value)
      ? integer(value)
      : String(Number(value.toPrecision(3)));

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const findingRows = (report: CheckReport): readonly string[] => {
  const shown = report.findings.slice(0, shownFindings);
  const withBefore = report.baseline !== null;
  const heads = ['what', ...(withBefore ? ['before'] : []), 'now', 'limit'];
  const cells = (finding: Finding): readonly string[] => [
    `${words(`check/mark/${finding.level}`)} ${cell(findingText(finding))}`,
    ...(withBefore ? [number(finding.before)] : []),
    number(finding.now),
    number(finding.limit),
  ];
  const rest = report.findings.length - shown.length;
  return [
    row(heads.map((head) => words(`check/column/${head}`))),
    row(heads.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...shown.map((finding) => row(cells(finding))),
    ...(rest === 0 ? [] : ['', words('check/more', { count: rest })]),
    '',
  ];
};

const numberRows = ({ numbers, baseline }: CheckReport): readonly string[] => {
  const withBefore = baseline !== null;
  const changed = ({ before, now }: ComparedNumber): boolean => withBefore && before !== now;
  const heads = ['number', ...(withBefore ? ['before'] : []), 'now'];
  return [
    row(heads.map((head) => words(`check/column/${head}`))),
    row(heads.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...numbers.map((one) => {
      const now = number(one.now);
      return row([
        cell(one.name),
        ...(withBefore ? [number(one.before)] : []),
        changed(one) ? `**${now}**` : now,
      ]);
    }),
  ];
};

/** A comment for a pull request: the sentence, what is broken or changed, the numbers before and now. */
export const checkMarkdown = (report: CheckReport): string => {
  const mark = words(`check/mark/${report.passed ? 'passed' : 'error'}`);
  const where = { split: cell(report.profiledSplit), count: report.classes };
  const lines = [
    `${mark} **Longtail:** ${cell(verdict(report))}`,
    '',
    ...(report.findings.length === 0 ? [] : findingRows(report)),
    words(report.profiledSplit === 'all' ? 'check/counted-all' : 'check/counted', where),
    '',
    ...numberRows(report),
  ];
  return `${lines.join('\n')}\n`;
};
