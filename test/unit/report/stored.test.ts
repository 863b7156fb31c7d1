import { describe, expect, it } from 'vitest';
import { denseRows, sparseRows } from '../../../src/common/sparseRows';
import { reportOfStored } from '../../../src/protocol/readReport';
import { toJson } from '../../../src/report/json';
import type { RunReport, Scores } from '../../../src/report/types';
import { reportOf } from '../../support/reports';

/** `size` classes of which each is called itself twice and the next once. */
const rowsOf = (size: number): number[][] =>
  Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => (i === j ? 2 : j === (i + 1) % size ? 1 : 0)),
  );
const withRows = (report: RunReport, size: number): RunReport => {
  const scores = (from: Scores): Scores => ({ ...from, confusion: rowsOf(size) });
  const { baseline } = report;
  return {
    ...report,
    scores: scores(report.scores),
    validation: scores(report.scores),
    baseline: baseline === null ? null : { ...baseline, scores: scores(baseline.scores) },
  };
};

describe('tables of many classes in the file of a report', () => {
  it('are stored by their cells, and come back whole', () => {
    const report = withRows(reportOf(), 120);
    const text = toJson([report]);
    const stored = JSON.parse(text) as { schema: string; scores: { confusion: unknown } };
    expect(stored.schema).toBe('longtail.report/2');
    // Two cells a class, three numbers a cell.
    expect(stored.scores.confusion).toMatchObject({ size: 120 });
    expect((stored.scores.confusion as { cells: unknown[] }).cells).toHaveLength(720);
    expect(reportOfStored(stored)).toEqual(report);
  });

  it('stay as they are where they are small, full, or missing', () => {
    for (const report of [reportOf(), withRows(reportOf({ plain: null }), 99)]) {
      const stored: unknown = JSON.parse(toJson([report]));
      expect(stored).toEqual(report);
      expect(reportOfStored(stored)).toEqual(report);
    }
    const full = Array.from({ length: 100 }, () => new Array<number>(100).fill(1));
    expect(sparseRows(full)).toBeNull();
  });

  it('are refused where they are damaged, and other files are none', () => {
    expect(() => denseRows({ size: 2, cells: [0, 2, 1] })).toThrow(RangeError);
    expect(() => denseRows({ size: 2, cells: [0, 1] })).toThrow(RangeError);
    expect(denseRows({ size: 2, cells: [0, 1, 5] })).toEqual([
      [0, 5],
      [0, 0],
    ]);
    for (const other of [null, 3, {}, { schema: 'longtail.report/3' }])
      expect(reportOfStored(other)).toBeNull();
  });
});
