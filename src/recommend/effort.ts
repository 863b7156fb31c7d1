import { plainConfigSize } from '../config/defaults';
import type { RuleFacts } from './facts';
import { hasModel } from './goals';
import type { Rule } from './rule';
import type { Goals } from './types';

/** Seconds of a ResNet-8 step on two cores at batch 128, a pixel (docs/benchmarks.md: 67 ms at 28 × 28). */
const secondsPerPixel = 0.067 / (28 * 28);
const wasmFactor = 8;
/** Steps of a plain training. */
const steps = 1600;

/** Minutes that one training of pictures from scratch takes here; null where their size is not known. */
export const trainingMinutes = (goals: Goals): number | null => {
  if (goals.pictures === undefined) return null;
  const [height, width] = plainConfigSize(goals.pictures.imageSize);
  const factor = goals.withoutNative === true ? wasmFactor : 1;
  return (height * width * secondsPerPixel * factor * steps) / 60;
};

/** A rule, as far as its trainings go. */
type Effort = Pick<Rule, 'extraTrainings'>;

/** Trainings that are only done on a machine of their own: never within minutes here. */
const many = 5;

/**
 * Minutes that a rule would take, the baseline included unless there is a model; null for what
 * trains nothing more, or where it cannot be told. Infinite for ensembles.
 */
export const minutesOf = (
  { extraTrainings = 0 }: Effort,
  facts: RuleFacts,
  goals: Goals,
): number | null => {
  if (extraTrainings === 0) return null;
  if (extraTrainings >= many) return Infinity;
  const one = facts.task === 'single-label' ? trainingMinutes(goals) : null;
  return one === null ? null : one * (extraTrainings + (hasModel(goals) ? 0 : 1));
};

/** Whether a rule takes longer than the user allows. */
export const isOverBudget = (effort: Effort, facts: RuleFacts, goals: Goals): boolean =>
  goals.budgetMinutes !== undefined && (minutesOf(effort, facts, goals) ?? 0) > goals.budgetMinutes;
