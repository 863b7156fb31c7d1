import { describe, expect, it } from 'vitest';
import type { TrainerEvent, TrainerEventBody } from '../../../src/protocol/trainer';
import { curvesOf, thin } from '../../../src/report/curves';

const log = (bodies: readonly TrainerEventBody[]): TrainerEvent[] =>
  bodies.map((body, seq) => ({ v: 1, seq, attempt: 1, t: seq, ...body }));
const start = (stage: string, role: 'baseline' | 'recipe' = 'recipe'): TrainerEventBody => ({
  kind: 'stage/start',
  stage,
  role,
});
const step = (stage: string, at: number, loss: number): TrainerEventBody => ({
  kind: 'step',
  stage,
  step: at,
  steps: 10,
  epoch: 0,
  loss,
  learningRate: 0.1,
  imagesPerSecond: 1,
  secondsLeft: null,
});

describe('curves', () => {
  it('count on from stage to stage and keep the roles apart', () => {
    const { recipe, baseline } = curvesOf(
      log([
        start('train', 'baseline'),
        step('train', 1, 5),
        start('train'),
        step('train', 1, 2),
        step('train', 4, 1),
        start('head'),
        step('head', 1, 0.5),
      ]),
    );
    expect(baseline).toEqual([{ step: 1, loss: 5 }]);
    expect(recipe).toEqual([
      { step: 1, loss: 2 },
      { step: 4, loss: 1 },
      { step: 5, loss: 0.5 },
    ]);
  });

  it('keep the later reading of a step that was done again', () => {
    const { recipe } = curvesOf(
      log([start('train'), step('train', 3, 2), start('train'), step('train', 3, 1)]),
    );
    expect(recipe).toEqual([{ step: 3, loss: 1 }]);
  });

  it('thin to means of equal stretches', () => {
    const points = [0, 1, 2, 3].map((at) => ({ step: at, loss: at * 10 }));
    expect(thin(points, 2)).toEqual([
      { step: 0.5, loss: 5 },
      { step: 2.5, loss: 25 },
    ]);
    expect(thin(points, 4)).toBe(points);
  });
});
