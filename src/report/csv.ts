import { bandKeys, compare } from './compare';
import { csvCell } from './csvCell';
import { bandName } from './headline';
import { f1Of } from './classTable';
import type { FigureData } from './figures';
import { classFacts } from './tables';
import type { MultiLabelScores, RunReport, Scores } from './types';

const quote = (value: string | number | null): string =>
  value === null ? '' : csvCell(String(value));

/**
 * The numbers behind a figure as CSV, at full precision. A text that a spreadsheet would take for
 * a formula gets an apostrophe before it: names come from a disk.
 */
export const dataCsv = ({ columns, rows }: FigureData): string =>
  [columns.map(({ label }) => label), ...rows]
    .map((line) =>
      line
        .map((value) =>
          quote(typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value),
        )
        .join(','),
    )
    .join('\r\n')
    .concat('\r\n');

type Line = readonly [measure: string, value: number | null];

const overallOfLabels = (scores: Scores, multiLabel: MultiLabelScores): readonly Line[] => [
  ['exactMatch', scores.accuracy],
  ['mAP', multiLabel.mAP],
  ['mAPLow', multiLabel.mAPInterval?.[0] ?? null],
  ['mAPHigh', multiLabel.mAPInterval?.[1] ?? null],
  ['macroAUROC', multiLabel.macroAUROC],
  ['microF1', multiLabel.microF1],
  ['macroF1', scores.macroF1],
];

const overallOfClasses = (scores: Scores): readonly Line[] => [
  ['accuracy', scores.accuracy],
  ['balancedAccuracy', scores.balancedAccuracy],
  ['balancedAccuracyLow', scores.balancedAccuracyInterval?.[0] ?? null],
  ['balancedAccuracyHigh', scores.balancedAccuracyInterval?.[1] ?? null],
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
      const { multiLabel } = scores;
      const overall =
        multiLabel === undefined ? overallOfClasses(scores) : overallOfLabels(scores, multiLabel);
      for (const [measure, value] of overall) line('all', '', scores.samples, measure)(value);
      line('all', '', null, 'seconds')(seconds);
      for (const band of bandKeys) {
        const test = scores.classes
          .filter(({ name }) => facts.get(name)?.band === band)
          .reduce((sum, { testCount }) => sum + testCount, 0);
        const name = bandName(report.bands.scheme, band);
        if (multiLabel !== undefined)
          line('band', name, test, 'averagePrecision')(multiLabel[band].averagePrecision);
        line('band', name, test, 'recall')(scores[band].recall);
      }
      scores.classes.forEach(({ name, testCount, recall, precision }, i) => {
        line('class', name, testCount, 'recall')(recall);
        line('class', name, testCount, 'precision')(precision);
        if (multiLabel === undefined) line('class', name, testCount, 'f1')(f1Of(recall, precision));
        const label = multiLabel?.labels[i];
        if (label === undefined) return;
        for (const measure of ['averagePrecision', 'auroc', 'f1', 'threshold'] as const)
          line('class', name, testCount, measure)(label[measure]);
      });
    }
  }
  return lines.map((fields) => `${fields.map(quote).join(',')}\r\n`).join('');
};
