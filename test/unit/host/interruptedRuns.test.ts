import { describe, expect, it } from 'vitest';
import { createInterrupted, orphansEnded } from '../../../src/host/interruptedRuns';
import type { RunRecord } from '../../../src/protocol/trainer';
import type { StoredRun } from '../../../src/run/runStore';

const stored = (id: string, change: Partial<RunRecord> = {}): StoredRun => ({
  folder: `/store/runs/${id}`,
  record: {
    ...{ schema: 'longtail.run/1', id, title: id, state: 'interrupted', role: 'recipe' },
    ...{ baselineKey: null, datasetRoot: '/d', configPath: '/c', createdAt: '', endedAt: null },
    ...{ attempt: 1, pid: null, error: null },
    ...change,
  },
});

const memoryOf = () => {
  const values = new Map<string, unknown>();
  const get = (key: string): unknown => values.get(key);
  const update = (key: string, value: unknown): Promise<void> => {
    values.set(key, value);
    return Promise.resolve();
  };
  return { get, update };
};

const ids = (runs: readonly StoredRun[]): readonly string[] => runs.map(({ record }) => record.id);

describe('runs to go on with', () => {
  it('are those cut short, not those stopped, failed or done', () => {
    const interrupted = createInterrupted(memoryOf(), 'k');
    const states = ['queued', 'running', 'completed', 'stopped', 'failed', 'interrupted'] as const;
    expect(ids(interrupted.of(states.map((state) => stored(state, { state }))))).toEqual([
      'interrupted',
    ]);
  });

  it('leave out the baseline that a recipe goes on with itself', () => {
    const interrupted = createInterrupted(memoryOf(), 'k');
    const plain = stored('plain', { role: 'baseline', baselineKey: 'x' });
    const recipe = stored('recipe', { baselineKey: 'x' });
    expect(ids(interrupted.of([plain, recipe]))).toEqual(['recipe']);
    const done = stored('recipe', { baselineKey: 'x', state: 'completed' });
    expect(ids(interrupted.of([plain, done]))).toEqual(['plain']);
  });

  it('are offered once, over a reload, until they were cut short again', async () => {
    const memory = memoryOf();
    const runs = [stored('a'), stored('b')];
    await createInterrupted(memory, 'k').answered([stored('a')], runs);
    expect(ids(createInterrupted(memory, 'k').of(runs))).toEqual(['b']);
    const again = stored('a', { attempt: 2 });
    expect(ids(createInterrupted(memory, 'k').of([again]))).toEqual(['a']);
  });

  it('are forgotten with their folders', async () => {
    const memory = memoryOf();
    await createInterrupted(memory, 'k').answered([stored('a')], [stored('a')]);
    await createInterrupted(memory, 'k').answered([stored('b')], [stored('b')]);
    expect(memory.get('k')).toEqual(['b#1']);
  });
});

describe('orphans of a window before', () => {
  it.each([
    [0, 0],
    [2, 2],
    [99, 12],
  ])('that need %i looks are waited for %i times', async (need, waited) => {
    const state = { looks: 0 };
    const pause = (): Promise<void> => {
      state.looks += 1;
      return Promise.resolve();
    };
    await orphansEnded(() => state.looks < need, pause, 12);
    expect(state.looks).toBe(waited);
  });
});
