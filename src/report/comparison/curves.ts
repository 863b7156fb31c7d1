import type { TrainerEvent } from '../../protocol/trainer';
import { curvesOf, thin, type CurvePoint } from '../curves';

/** How a run trained, thinned so that several can be drawn over each other. */
export interface RunCurves {
  readonly loss: readonly CurvePoint[];
  /** Main score on validation after each evaluation, counted from 1. */
  readonly validation: readonly { readonly at: number; readonly score: number }[];
}

const mostPoints = 200;

/**
 * The curves of a run from its events: its own part, not that of the baseline trained with it. A run
 * that only corrects another one's outputs has none.
 */
export const runCurvesOf = (events: readonly TrainerEvent[], role: 'plain' | 'run'): RunCurves => {
  const own = role === 'plain' ? 'baseline' : 'recipe';
  const validation = events.flatMap((event) =>
    event.kind === 'eval' && event.role === own && event.split === 'validation'
      ? [event.meanAveragePrecision ?? event.balancedAccuracy]
      : [],
  );
  return {
    loss: thin(curvesOf(events)[own], mostPoints),
    validation: validation.flatMap((score, i) => (score === null ? [] : [{ at: i + 1, score }])),
  };
};
