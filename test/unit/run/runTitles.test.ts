import { describe, expect, it } from 'vitest';
import { recipesOfBaselines } from '../../../src/run/runTitles';
import type { StoredRun } from '../../../src/run/runStore';

const stored = (
  folder: string,
  role: 'baseline' | 'recipe',
  baselineKey: string | null,
  title = folder,
): StoredRun => ({
  folder,
  record: {
    schema: 'longtail.run/1',
    id: folder,
    title,
    state: 'completed',
    role,
    baselineKey,
    datasetRoot: '/data',
    configPath: '/longtail.yaml',
    createdAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    attempt: 0,
    pid: null,
    error: null,
  },
});

describe('baselines among the runs', () => {
  it('know the recipes compared with them, each once and by title or id', () => {
    const runs = [
      stored('a', 'recipe', 'k', 'cRT'),
      stored('b', 'recipe', 'k', 'cRT'),
      stored('c', 'recipe', 'k', ''),
      stored('d', 'recipe', 'other'),
      stored('e', 'recipe', null),
      stored('plain', 'baseline', 'k'),
      stored('alone', 'baseline', 'lonely'),
    ];
    expect(recipesOfBaselines(runs)).toEqual(
      new Map([
        ['plain', ['cRT', 'c']],
        ['alone', []],
      ]),
    );
  });
});
