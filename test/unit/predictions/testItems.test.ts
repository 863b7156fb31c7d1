import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { npzParts } from '../../../src/dataset/arrays/npz';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { readTestItems } from '../../../src/predictions/testItems';
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
