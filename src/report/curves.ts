import type { TrainerEvent } from '../protocol/trainer';

export interface CurvePoint {
  readonly step: number;
  readonly loss: number;
}

/** Training loss over steps counted through all stages, per role; a reused baseline has none. */
export interface Curves {
  readonly recipe: readonly CurvePoint[];
  readonly baseline: readonly CurvePoint[];
}

/**
 * Reads the losses out of a run's events. Steps count from 1 and on from stage to stage; of what an earlier
 * attempt did twice only the later reading is kept. Events must be in order of `seq`.
 */
export const curvesOf = (events: Iterable<TrainerEvent>): Curves => {
  const points = { recipe: new Map<number, number>(), baseline: new Map<number, number>() };
  const done = { recipe: 0, baseline: 0 };
  const seen = new Map<string, number>();
  let role: 'recipe' | 'baseline' = 'recipe';
  for (const event of events) {
    if (event.kind === 'stage/start') {
      role = event.role;
      const key = `${role}/${event.stage}`;
      // A resumed stage starts again where it started before.
      const before = seen.get(key);
      if (before === undefined) {
        done[role] = Math.max(done[role], ...points[role].keys());
        seen.set(key, done[role]);
      } else done[role] = before;
    } else if (event.kind === 'step' && Number.isFinite(event.loss)) {
      points[role].set(done[role] + event.step, event.loss);
    }
  }
  const sorted = (map: Map<number, number>): CurvePoint[] =>
    [...map].sort(([a], [b]) => a - b).map(([step, loss]) => ({ step, loss }));
  return { recipe: sorted(points.recipe), baseline: sorted(points.baseline) };
};

/** At most `most` points: the mean of equal stretches, so that a long run stays a line one can draw. */
export const thin = (points: readonly CurvePoint[], most: number): readonly CurvePoint[] => {
  if (points.length <= most) return points;
  return Array.from({ length: most }, (_, i) => {
    const from = Math.floor((i * points.length) / most);
    const stretch = points.slice(from, Math.floor(((i + 1) * points.length) / most));
    const mean = (of: (point: CurvePoint) => number): number =>
      stretch.reduce((sum, point) => sum + of(point), 0) / stretch.length;
    return { step: mean(({ step }) => step), loss: mean(({ loss }) => loss) };
  });
};
