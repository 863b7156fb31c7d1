import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { scoreLabelSets } from '../../../src/methods/metrics';
import { isClear } from '../../../src/report/compare';
import { toCsv } from '../../../src/report/csv';
import { headline } from '../../../src/report/headline';
import { toHtml } from '../../../src/report/html';
import { toMarkdown } from '../../../src/report/markdown';
import { toText } from '../../../src/report/text';
import type { RunReport, Scores } from '../../../src/report/types';
import { reportOf } from '../../support/reports';

const classNames = ['cat', 'dog', 'owl', 'yak'];

/** 200 items; a label's logits lie `gap` apart for the items that have it and those that do not. */
const scoresWith = (gap: number, threshold = 0.5): Scores => {
  const random = createRandom(5);
  const shares = [0.6, 0.3, 0.2, 0.1];
  const targets: number[] = [];
  const logits: number[] = [];
  for (let i = 0; i < 200 * 4; i++) {
    targets.push(random.nextFloat() < (shares[i % 4] ?? 0) ? 1 : 0);
    logits.push(gap * (targets.at(-1) ?? 0) - gap / 2 + random.nextNormal());
  }
  return scoreLabelSets(
    {
      classNames,
      trainCounts: [900, 450, 45, 9],
      assignment: ['many', 'many', 'medium', 'few'],
      targets,
      logits,
      thresholds: classNames.map(() => threshold),
    },
    { random: createRandom(6) },
  );
};

const reportWith = (plain: Scores | null, scores: Scores): RunReport => {
  const base = reportOf(plain === null ? { plain: null } : {});
  return {
    ...base,
    scores,
    baseline: plain === null || base.baseline === null ? null : { ...base.baseline, scores: plain },
  };
};
const gained = reportWith(scoresWith(0.3), scoresWith(2.5));

describe('a report of items with several labels', () => {
  it('says what became of mean average precision, band by band', () => {
    const said = headline(gained);
    expect(said[0]).toMatchObject({
      code: 'report/headline/labels-rose',
      params: { after: gained.scores.multiLabel?.mAP },
    });
    expect(said.map(({ code }) => code)).toContain('report/headline/labels-gained');
    // Shares of classes that exclude each other mean nothing here.
    expect(said.some(({ code }) => code.includes('skewed'))).toBe(false);
  });

  it('claims nothing where rankings are the same, and tells of decisions that moved', () => {
    const moved = reportWith(scoresWith(1), scoresWith(1, 0.2));
    expect(isClear(moved.scores, moved.baseline?.scores ?? moved.scores)).toBe(false);
    expect(headline(moved).map(({ code }) => code)).toEqual([
      'report/headline/labels-unclear',
      'report/headline/labels-f1',
    ]);
    expect(headline(reportWith(null, scoresWith(1)))[0]?.code).toBe('report/headline/labels-alone');
  });

  it('is written in every form, without what does not exist', () => {
    const written = [toHtml([gained]), toMarkdown([gained]), toText([gained])];
    for (const text of written) {
      expect(text).toContain((gained.scores.multiLabel?.mAP ?? NaN).toFixed(3));
      for (const name of classNames) expect(text).toContain(name);
      expect(text).not.toMatch(/NaN|undefined|Confusion|confusions/);
    }
  });

  it('is one measure a line as CSV', () => {
    const rows: { scope: string; name: string; measure: string; value: string }[] = parse(
      toCsv([gained]),
      { columns: true },
    );
    const value = (scope: string, name: string, measure: string) =>
      rows.filter((r) => r.scope === scope && r.name === name && r.measure === measure).at(-1)
        ?.value;
    const { multiLabel } = gained.scores;
    expect(Number(value('all', '', 'mAP'))).toBe(multiLabel?.mAP);
    expect(Number(value('band', 'few', 'averagePrecision'))).toBe(multiLabel?.few.averagePrecision);
    expect(Number(value('class', 'yak', 'auroc'))).toBe(multiLabel?.labels[3]?.auroc);
    expect(rows.some(({ measure }) => measure === 'balancedAccuracy')).toBe(false);
  });
});
