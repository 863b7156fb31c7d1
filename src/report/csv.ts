import { bandKeys, compare } from './compare';
import { bandName } from './headline';
import { classFacts } from './tables';
import type { RunReport, Scores } from './types';

const quote = (value: string | number | null): string => {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const overall = (scores: Scores): readonly (readonly [string, number | null])[] => [
  ['accuracy', scores.accuracy],
  ['balancedAccuracy', scores.balancedAccuracy],
  ['balancedAccuracyLow', scores.balancedAccuracyInterval[0]],
  ['balancedAccuracyHigh', scores.balancedAccuracyInterval[1]],
  ['macroF1', scores.macroF1],
  ['gMean', scores.gMean],
  ['worstClassRecall', scores.worstClass?.recall ?? null],
  ['ece', scores.ece],
  ...(scores.binary === null ? [] : Object.entries(scores.binary)),
];

/**
 * One measure a line (run, title, scope, name, train, test, measure, value), so that any tool can
 * pivot it; numbers at full precision, an absent score is an empty field. Lines end in CR LF (RFC 4180).
 */
export const toCsv = (reports: readonly [RunReport, ...RunReport[]]): string => {
  const lines: (readonly (string | number | null)[])[] = [
    ['run', 'title', 'scope', 'name', 'train', 'test', 'measure', 'value'],
  ];
  const written = new Set<string>();
  for (const report of reports) {
    const facts = classFacts(report);
    for (const { id, title, scores, seconds } of compare(report)) {
      if (written.has(id)) continue;
      written.add(id);
      const line = (scope: string, name: string, test: number | null, measure: string) => {
        const train = scope === 'class' ? (facts.get(name)?.trainCount ?? null) : null;
        return (value: number | null) => {
          lines.push([id, title, scope, name, train, test, measure, value]);
        };
      };
      for (const [measure, value] of overall(scores))
        line('all', '', scores.samples, measure)(value);
      line('all', '', null, 'seconds')(seconds);
      for (const band of bandKeys) {
        const test = scores.classes
          .filter(({ name }) => facts.get(name)?.band === band)
          .reduce((sum, { testCount }) => sum + testCount, 0);
        line('band', bandName(report.bands.scheme, band), test, 'recall')(scores[band].recall);
      }
      for (const { name, testCount, recall, precision } of scores.classes) {
        line('class', name, testCount, 'recall')(recall);
        line('class', name, testCount, 'precision')(precision);
      }
    }
  }
  return lines.map((fields) => `${fields.map(quote).join(',')}\r\n`).join('');
};
