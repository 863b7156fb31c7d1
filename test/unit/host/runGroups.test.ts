import { describe, expect, it } from 'vitest';
import { repeatsOf } from '../../../src/host/comparedRuns';
import { bestRuns, byDataset } from '../../../src/host/views/runGroups';
import type { RunRecord } from '../../../src/protocol/trainer';
import type { StoredRun } from '../../../src/run/runStore';

const run = (id: string, value: number | null, more: Partial<RunRecord> = {}): StoredRun => ({
  folder: `/runs/${id}`,
  record: {
    schema: 'longtail.run/1',
    id,
    title: id,
    state: 'completed',
    role: 'recipe',
    baselineKey: null,
    datasetRoot: '/data/a',
    fingerprint: 'f',
    configPath: '/longtail.yaml',
    createdAt: '',
    endedAt: null,
    attempt: 1,
    pid: null,
    error: null,
    score: value === null ? null : { kind: 'balanced', value },
    ...more,
  },
});

describe('runs by dataset', () => {
  it('keep the order of the list', () => {
    const runs = [run('1', 0.1), run('2', 0.2, { datasetRoot: '/data/b' }), run('3', 0.3)];
    expect(byDataset(runs).map(({ root, runs: own }) => [root, own.length])).toEqual([
      ['/data/a', 2],
      ['/data/b', 1],
    ]);
  });
});

describe('the best run of a dataset', () => {
  const best = (...runs: readonly StoredRun[]): readonly string[] => [...bestRuns(runs)];

  it('is best on validation, the newer of equals', () => {
    expect(best(run('1', 0.5), run('2', 0.7), run('3', 0.7))).toEqual(['/runs/2']);
  });

  it('is looked for among runs on the same data that have a score', () => {
    expect(
      best(
        run('1', 0.5),
        run('2', 0.6),
        run('3', 0.9, { fingerprint: 'old' }),
        run('4', 0.9, { state: 'failed' }),
        run('5', null),
        run('6', 0.9, { score: { kind: 'mAP', value: 0.9 } }),
      ),
    ).toEqual(['/runs/2']);
    expect(best(run('1', 0.5))).toEqual([]);
  });
});

describe('repetitions', () => {
  it('are found from the first run and from each other', () => {
    const group = (seed: number) => ({ repeat: { seed, group: '1' } });
    const runs = [run('3', 0.3, group(2)), run('2', 0.2, group(1)), run('1', 0.1), run('9', 0.9)];
    const list = { list: () => runs };
    for (const one of runs.slice(0, 3))
      expect(repeatsOf(one, list).map(({ record }) => record.id)).toEqual(['3', '2', '1']);
  });
});
