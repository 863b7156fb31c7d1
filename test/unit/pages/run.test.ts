import { describe, expect, it } from 'vitest';
import type { TrainerEvent, TrainerEventBody } from '../../../src/protocol/trainer';
import { addEvents, progressOf } from '../../../src/report/live/progress';

const events = (bodies: readonly TrainerEventBody[], from = 0, attempt = 0): TrainerEvent[] =>
  bodies.map((body, i) => ({ v: 1, seq: from + i, attempt, t: 0, ...body }));

const step = (stage: string, at: number): TrainerEventBody => ({
  kind: 'step',
  stage,
  step: at,
  steps: 10,
  epoch: 1,
  loss: 1,
  learningRate: 0.1,
  imagesPerSecond: 100,
  secondsLeft: 5,
});

const start: TrainerEventBody = {
  kind: 'run/start',
  title: 'x',
  backend: 'cpu',
  stages: [{ name: 'train', epochs: 4, stepsPerEpoch: 10 }],
  estimateSeconds: 60,
};

describe('progress of a run', () => {
  it('tells baseline from recipe, and what is done', () => {
    const progress = progressOf(
      events([
        start,
        { kind: 'stage/start', stage: 'train', role: 'baseline' },
        step('train', 10),
        { kind: 'stage/end', stage: 'train', seconds: 1 },
        { kind: 'stage/start', stage: 'train', role: 'recipe' },
        step('train', 5),
      ]),
      true,
    );
    expect(progress.stages).toEqual([
      { role: 'baseline', name: 'train', share: 1, state: 'done' },
      { role: 'recipe', name: 'train', share: 0.5, state: 'now' },
    ]);
    expect(progress).toMatchObject({
      backend: 'cpu',
      estimateSeconds: 60,
      role: 'recipe',
      epochs: 4,
    });
  });

  it('shows a stage cut short as stopped once nothing runs', () => {
    const cut = events([start, { kind: 'stage/start', stage: 'train', role: 'recipe' }]);
    expect(progressOf(cut, false).stages[0]?.state).toBe('stopped');
  });

  it('has nothing to show before the first event', () => {
    expect(progressOf([], true)).toMatchObject({ backend: null, stages: [], step: null });
  });
});

describe('features of a frozen network', () => {
  const features = (done: number): TrainerEventBody => ({
    ...{ kind: 'features', backend: 'wasm', done, total: 90 },
    ...{ imagesPerSecond: 30, secondsLeft: 2 },
  });

  it('are shown while they are taken, on the backend they are taken with', () => {
    const progress = progressOf(events([features(0), features(30)]), true);
    expect(progress).toMatchObject({ backend: 'wasm', features: { done: 30 }, stages: [] });
  });

  it('are void once the run begins, and shown before a resumed one goes on', () => {
    const taken = events([features(0), features(90)]);
    const begun = addEvents(taken, events([start, step('train', 1)]));
    expect(begun.map(({ kind }) => kind)).toEqual(['run/start', 'step']);
    expect(progressOf(begun, true).features).toBeNull();
    const again = addEvents(begun, events([features(0)], begun.length, 1));
    expect(progressOf(again, true).features?.done).toBe(0);
    const resumed = addEvents(again, events([step('train', 1)], 1, 1));
    expect(progressOf(resumed, true)).toMatchObject({ features: null, step: { seq: 1 } });
  });
});

describe('adding events', () => {
  const all = events([start, step('train', 1), step('train', 2)]);

  it('is the same whether a piece comes once or twice', () => {
    expect(addEvents(all, all.slice(1))).toEqual(all);
  });

  it('voids what a resumed attempt does again', () => {
    const again = events([step('train', 9)], 1, 1);
    expect(addEvents(all, again)).toEqual([all[0], again[0]]);
  });
});
