import { describe, expect, it } from 'vitest';
import {
  accuracyAsTrained,
  changeOf,
  compare,
  compareRuns,
  isClear,
} from '../../../src/report/compare';
import { headline } from '../../../src/report/headline';
import { classRows } from '../../../src/report/classTable';
import type { Scores } from '../../../src/report/types';
import { say } from '../../../src/words/say';
import { reportOf, scoresOf } from '../../support/reports';

const codes = (report: Parameters<typeof headline>[0]): string[] =>
  headline(report).map(({ code }) => code);

describe('compare', () => {
  it('puts the baseline first and the change on the run', () => {
    const rows = compare(reportOf());
    expect(rows.map(({ role }) => role)).toEqual(['plain', 'run']);
    expect(rows[0]?.change).toBeNull();
    // (.8 + .8 + .6 + .5) / 4 − (.9 + .8 + .5 + .1) / 4
    expect(rows[1]?.change?.main).toBeCloseTo(0.1, 12);
    expect(rows[1]?.change?.few).toBeCloseTo(0.4, 12);
    expect(rows[1]?.change?.many).toBeCloseTo(-0.05, 12);
  });

  it('has no change where there is no baseline or no such band', () => {
    expect(compare(reportOf({ plain: null }))[0]?.change).toBeNull();
    const noFew = { counts: [1000, 500, 200, 150] };
    expect(compare(reportOf(noFew))[1]?.change?.few).toBeNull();
  });

  it('shows a shared baseline once', () => {
    const { rows, notes } = compareRuns([reportOf({ id: 'a' }), reportOf({ id: 'b' })]);
    expect(rows.map(({ id }) => id)).toEqual(['plain-of-key-1', 'a', 'b']);
    expect(notes).toEqual([]);
  });

  it('says when runs do not compare', () => {
    const other = reportOf({ id: 'b', title: 'B', fingerprint: 'other', baselineKey: 'key-2' });
    const { notes } = compareRuns([reportOf(), other]);
    expect(notes.map(({ code }) => code)).toEqual([
      'report/note/other-data',
      'report/note/other-baselines',
    ]);
    expect(notes[0]?.params['titles']).toEqual(['B']);
  });
});

describe('headline', () => {
  it('names the gain, what each band won or lost, and what it costs on skewed data', () => {
    // As trained: plain (900 + 400 + 25 + 1) / 1560, run (800 + 400 + 30 + 5) / 1560.
    expect(codes(reportOf())).toEqual([
      'report/headline/rose',
      'report/headline/lost',
      'report/headline/gained',
      'report/headline/gained',
      'report/headline/skewed-plain',
    ]);
    const text = headline(reportOf()).map((message) => say(message));
    expect(text[0]).toContain('0.575 to 0.675');
    expect(text[3]).toContain('few classes gained 40 points');
  });

  it('states no effect without a baseline', () => {
    expect(codes(reportOf({ plain: null }))).toEqual(['report/headline/alone']);
  });

  it('does not call a difference within the interval a gain', () => {
    const recalls = [0.9, 0.8, 0.5, 0.12];
    expect(codes(reportOf({ recalls }))[0]).toBe('report/headline/unclear');
  });

  it('says fell when it fell', () => {
    expect(codes(reportOf({ recalls: [0.5, 0.5, 0.5, 0.1] }))[0]).toBe('report/headline/fell');
  });
});

describe('scores against each other', () => {
  const names = ['a', 'b'];
  const of = (recalls: readonly number[]): Scores => scoresOf(names, [90, 10], recalls);

  it('weighs recall by training counts', () => {
    expect(accuracyAsTrained(of([1, 0]))).toBeCloseTo(0.9, 12);
    const untested = of([1, 0]);
    const [first, second] = untested.classes;
    if (first === undefined || second === undefined) throw new Error('two classes');
    expect(
      accuracyAsTrained({ ...untested, classes: [first, { ...second, recall: null }] }),
    ).toBeNull();
  });

  it('needs more than the joint half-width', () => {
    // Half-widths are .01 each: the line is at √2 · .01 = .01414.
    expect(isClear(of([0.5, 0.5]), of([0.514, 0.514]))).toBe(false);
    expect(isClear(of([0.5, 0.5]), of([0.515, 0.515]))).toBe(true);
  });

  it('is zero against itself', () => {
    const change = changeOf(of([0.3, 0.7]), of([0.3, 0.7]));
    expect(change.accuracy).toBe(0);
    expect(change.medium).toBe(0);
    expect(change.many).toBeNull();
  });
});

describe('class rows', () => {
  it('take the band of the counts before hold-out', () => {
    const rows = classRows(reportOf({ counts: [1000, 500, 20, 10] }));
    expect(rows.map(({ band }) => band)).toEqual(['many', 'many', 'medium', 'few']);
  });

  it('are sorted by training count and carry the band of the report', () => {
    const rows = classRows(
      reportOf({ names: ['few', 'many'], counts: [5, 500], recalls: [0.1, 0.9], plain: [0, 1] }),
    );
    expect(rows.map(({ name, band, plain }) => [name, band, plain])).toEqual([
      ['many', 'many', 1],
      ['few', 'few', 0],
    ]);
  });
});
