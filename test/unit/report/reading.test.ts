import { describe, expect, it } from 'vitest';
import { againstTable } from '../../../src/report/against';
import {
  arrangedRows,
  classColumns,
  classRows,
  recallInterval,
} from '../../../src/report/classTable';
import {
  confusedAt,
  confusionMatrixOf,
  confusionSums,
  largestConfusions,
} from '../../../src/report/confusionMatrix';
import { deed } from '../../../src/report/deed';
import { say } from '../../../src/words/say';
import { reportOf, scoresOf } from '../../support/reports';

describe('the confusions of a report', () => {
  // Classes by training count: yak 10, cat 1000, so cat comes first. Recalls .8 and .5 of 100 items.
  const report = reportOf({ names: ['yak', 'cat'], counts: [10, 1000], recalls: [0.5, 0.8] });
  const matrix = confusionMatrixOf(report);
  if (matrix === null) throw new Error('no matrix');

  it('stand by falling training count', () => {
    expect(matrix.names).toEqual(['cat', 'yak']);
    expect(confusedAt(matrix.cells, { row: 0, column: 1 })).toMatchObject({
      count: 20,
      share: 0.2,
    });
    expect(confusionSums(matrix.cells)).toEqual({ items: 200, right: 130, pairs: 2 });
  });

  it('are listed with the largest first', () => {
    expect(largestConfusions(matrix.cells, 1)).toEqual([
      { row: 1, column: 0, count: 50, share: 0.5 },
    ]);
  });

  it('are not there with several labels', () => {
    const scores = { ...report.scores, confusion: null };
    expect(confusionMatrixOf({ ...report, scores })).toBeNull();
  });
});

describe('the table of classes', () => {
  const report = reportOf();
  const column = (key: string) => classColumns(report).find((one) => one.key === key);

  // Wilson for 50 of 100: .5 ± 1.96 · √(.25 / 100 + 1.96² / 40000) / (1 + 1.96² / 100) = .5 ± .0962.
  it('says how sure a recall is, and counts where there are few items', () => {
    expect(recallInterval({ recall: 0.5, testCount: 100 })).toBe('0.404 … 0.596');
    expect(recallInterval({ recall: 3 / 7, testCount: 7 })).toBe('3 of 7 right');
    expect(recallInterval({ recall: null, testCount: 0 })).toBe('–');
  });

  it('has F1 of recall and precision', () => {
    const [row] = classRows(report);
    // cat: 80 of 100, precision 80 / (80 + 20 + 40 + 50).
    const precision = 80 / 190;
    expect(row?.f1).toBeCloseTo((2 * 0.8 * precision) / (0.8 + precision));
  });

  it('sorts by any column, filters, and puts what has no value last', () => {
    const rows = classRows(report).map((row) => (row.name === 'owl' ? { ...row, own: null } : row));
    const shown = (how: Partial<Parameters<typeof arrangedRows>[1]>): string[] =>
      arrangedRows(rows, {
        ...{ column: column('recall'), descending: false, filter: '', band: '' },
        ...how,
      }).map(({ name }) => name);
    expect(shown({})).toEqual(['yak', 'cat', 'dog', 'owl']);
    expect(shown({ descending: true })).toEqual(['cat', 'dog', 'yak', 'owl']);
    expect(shown({ column: column('class'), descending: true })[0]).toBe('yak');
    expect(shown({ filter: ' O' })).toEqual(['dog', 'owl']);
    expect(shown({ band: 'few' })).toEqual(['yak']);
  });
});

describe('a run against its baseline', () => {
  it('has a change under every score; a smaller ECE is better', () => {
    const report = reportOf();
    const { baseline } = report;
    if (baseline === null) throw new Error('no baseline');
    const scores = { ...scoresOf(['cat'], [1000], [0.9]), ece: 0.3 };
    const { columns, rows } = againstTable({ ...report, baseline: { ...baseline, scores } });
    const at = (key: string) => rows[2]?.cells[columns.findIndex((one) => one.key === key)];
    expect(rows).toHaveLength(3);
    expect(at('balanced')).toEqual({ text: '−0.225', tone: 'worse' });
    expect(at('ece')).toEqual({ text: '−0.250', tone: 'better' });
    expect(at('time')).toEqual({ text: '' });
    expect(columns.some(({ key }) => key === 'change')).toBe(false);
    expect(againstTable(reportOf({ plain: null })).rows).toHaveLength(1);
  });

  it('says what was done', () => {
    const report = reportOf();
    const [first] = report.config.stages;
    if (first === undefined) throw new Error('no stage');
    const head = { ...first, name: 'head', epochs: 1, trainable: 'classifier' as const };
    const sentences = deed({
      ...report,
      config: { ...report.config, stages: [first, { ...head, weights: { kind: 'inverse' } }] },
      posthoc: { kind: 'tau-norm', tau: 0.5, tried: [], note: '' },
    } as typeof report).map((message) => say(message));
    expect(sentences).toEqual([
      'The network (resnet-8) was trained for 5 epochs with logit-adjusted (tau 1) loss and instance sampling.',
      'Then its classifier alone was trained for one epoch with logit-adjusted (tau 1) loss and instance sampling.',
      'Classes were weighted by inverse.',
      'Its scores were corrected afterwards (tau-norm, tau = 0.5).',
    ]);
  });
});
