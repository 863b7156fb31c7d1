import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testItems, type TestItems } from '../../../src/host/outputs/testItems';
import { writeNpz } from '../../../src/trainer/npz';
import type { RunReport } from '../../../src/report/types';
import { reportOf } from '../../support/reports';

const place = { folder: '' };
beforeEach(() => {
  place.folder = mkdtempSync(join(tmpdir(), 'longtail-items-'));
});
afterEach(() => rmSync(place.folder, { recursive: true, force: true }));

const itemsOf = (report: RunReport): TestItems => {
  const items = testItems(report, { own: place.folder, baseline: null });
  if ('code' in items) throw new Error(items.code);
  return items;
};
const write = (logits: readonly number[], labels: readonly number[], rows: readonly number[]) =>
  writeNpz(join(place.folder, 'predictions', 'test.npz'), {
    logits: {
      shape: [rows.length, logits.length / rows.length],
      values: Float32Array.from(logits),
    },
    features: { shape: [rows.length, 1], values: new Float32Array(rows.length) },
    rows: { shape: [rows.length], values: Int32Array.from(rows) },
    labels: {
      shape: labels.length === rows.length ? [rows.length] : [rows.length, 2],
      values: Int32Array.from(labels),
    },
  });

describe('test items of one label', () => {
  // Items 10, 11, 12 of the index: cat called cat, cat called dog twice, the second time more surely.
  const report = (
    confusion = [
      [1, 2],
      [0, 0],
    ],
  ): RunReport => {
    const base = reportOf({ names: ['cat', 'dog'], counts: [90, 10], recalls: [1, 1] });
    return { ...base, scores: { ...base.scores, confusion } };
  };
  beforeEach(() => write([1, 0, 0, 1, 0, 3], [0, 0, 0], [10, 11, 12]));

  it('are found by truth and prediction, wrong and sure ones first', () => {
    const { find } = itemsOf(report());
    const rows = (truth: string | null, predicted: string | null): number[] =>
      find({ truth, predicted }).map(({ row }) => row);
    expect(rows('cat', null)).toEqual([12, 11, 10]);
    expect(rows('cat', 'dog')).toEqual([12, 11]);
    expect(rows(null, 'cat')).toEqual([10]);
    expect(rows('dog', null)).toEqual([]);
    expect(rows('no such class', null)).toEqual([]);
    // 1 / (1 + e^−3).
    expect(find({ truth: 'cat', predicted: 'dog' })[0]?.probability).toBeCloseTo(0.9526, 4);
  });

  it('are not shown where they do not come to the counts of the report', () => {
    const items = testItems(
      report([
        [2, 1],
        [0, 0],
      ]),
      { own: place.folder, baseline: null },
    );
    expect(items).toMatchObject({ code: 'pages/files/missing/other' });
  });

  it('cannot be told after a correction that is not kept', () => {
    const posthoc = { kind: 'nearest-mean', tau: null, tried: [], note: '' };
    const items = testItems({ ...report(), posthoc }, { own: place.folder, baseline: null });
    expect(items).toMatchObject({ code: 'pages/files/missing/correction' });
  });
});

it('test items of several labels are given a label from its threshold on', () => {
  const base = reportOf({ names: ['wet', 'red'], counts: [90, 10], recalls: [1, 1] });
  const report: RunReport = {
    ...base,
    posthoc: { kind: 'thresholds', tau: null, tried: [], note: '', thresholds: { red: 0.2 } },
    scores: { ...base.scores, confusion: null, multiLabel: {} as never },
  };
  // Logit −1 is a probability of .27, −2 of .12. Items 5 and 6 have red, item 7 has not.
  write([0, -1, 0, -2, 0, -1], [0, 1, 0, 1, 0, 0], [5, 6, 7]);
  const { find } = itemsOf(report);
  const found = (truth: string | null, predicted: string | null) =>
    find({ truth, predicted }).map(({ row, right }) => [row, right]);
  expect(found('red', null)).toEqual([
    [6, false],
    [5, true],
  ]);
  expect(found(null, 'red')).toEqual([
    [7, false],
    [5, true],
  ]);
});
