import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { npzParts } from '../../../src/dataset/arrays/npz';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { readTestItems, readTestLabels } from '../../../src/predictions/testItems';
import { reportOf } from '../../support/reports';

const folder = mkdtempSync(join(tmpdir(), 'longtail-items-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** 100 items a class, as the report has them; the first of each class are right. */
const labels = Int32Array.from({ length: 400 }, (_, i) => Math.floor(i / 100));
const predicting = (right: readonly number[]): Int32Array =>
  labels.map((label, i) => (i % 100 < (right[label] ?? 0) ? label : (label + 1) % 4));
const rows = labels.map((_, i) => 1000 + i);
const report = reportOf();
const recalls = [80, 80, 60, 50];

const write = (name: string, predicted: Int32Array | null, bare = false): string => {
  const path = join(folder, `${name}.npz`);
  const logits = Float32Array.from({ length: 1600 }, (_, i) =>
    predicting(recalls)[i >> 2] === i % 4 ? 1 : 0,
  );
  const parts = npzParts({
    ...(bare ? {} : { logits: { shape: [400, 4], values: logits } }),
    rows: { shape: [400], values: rows },
    labels: { shape: [400], values: labels },
    ...(predicted === null ? {} : { predicted: { shape: [400], values: predicted } }),
  });
  writeFileSync(path, Buffer.concat(parts ?? []));
  return path;
};
const read = (path: string, of = report) => readTestItems(nodeFileSource, path, of);

describe('the predictions of a run', () => {
  it('are read as they were written', () => {
    const items = read(write('written', predicting(recalls), true));
    expect(items?.predicted).toEqual(predicting(recalls));
    expect(items?.rows).toEqual(rows);
  });

  it('of an earlier version are taken from logits that nothing corrects', () => {
    const path = write('earlier', null);
    expect(read(path)?.predicted).toEqual(predicting(recalls));
    const corrected = { ...report, posthoc: { ...report.posthoc, kind: 'tau-norm' } };
    expect(read(path, corrected)).toBeNull();
  });

  it('are not those of other scores, nor of a file that is none', () => {
    expect(read(write('other', predicting([80, 80, 60, 51])))).toBeNull();
    expect(read(join(folder, 'gone.npz'))).toBeNull();
    writeFileSync(join(folder, 'cut.npz'), 'PK');
    expect(read(join(folder, 'cut.npz'))).toBeNull();
  });
});

describe('the outputs of a run on several labels', () => {
  // Label 0 is given from a probability of .5 on (logit 0), label 1 from .2 on (logit −1.39).
  const targets = Int32Array.of(1, 0, /**/ 1, 1, /**/ 0, 1);
  const logits = Float32Array.of(2, -2, /**/ -1, -1, /**/ -3, -1.3);
  const scores = {
    ...report.scores,
    classes: [
      { name: 'wet', trainCount: 9, testCount: 2, recall: 1 / 2, precision: 1 },
      { name: 'red', trainCount: 3, testCount: 2, recall: 1, precision: 1 },
    ],
    multiLabel: { labels: [{ threshold: 0.5 }, { threshold: 0.2 }] } as never,
  };
  const own = { ...report, dataset: { ...report.dataset, classNames: ['wet', 'red'] }, scores };
  const path = join(folder, 'labels.npz');
  const parts = npzParts({
    logits: { shape: [3, 2], values: logits },
    rows: { shape: [3], values: Int32Array.of(7, 8, 9) },
    labels: { shape: [3, 2], values: targets },
  });
  writeFileSync(path, Buffer.concat(parts ?? []));
  const readLabels = (of: typeof own) => readTestLabels(nodeFileSource, path, of);

  it('are read with what they come to at the thresholds of its report', () => {
    const items = readLabels(own);
    expect([...(items?.decisions ?? [])]).toEqual([1, 0, 0, 1, 0, 1]);
    expect([...(items?.targets ?? [])]).toEqual([...targets]);
    expect(items?.scores).toEqual(logits);
    expect(read(path, own)).toBeNull();
    expect(readTestLabels(nodeFileSource, path, report)).toBeNull();
  });

  it('are not those of other scores', () => {
    const [first, second] = scores.classes;
    if (first === undefined || second === undefined) throw new Error('two labels');
    const classes = [{ ...first, recall: 1 }, second];
    expect(readLabels({ ...own, scores: { ...scores, classes } })).toBeNull();
  });
});
