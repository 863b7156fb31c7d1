import type { ExistingModel, GoalMetric, Goals } from './types';

export const goalMetrics: readonly GoalMetric[] = [
  'balanced-accuracy',
  'accuracy',
  'macro-f1',
  'calibration',
];
export const existingModels: readonly ExistingModel[] = ['none', 'logits', 'weights'];

/** Whether there are at least outputs of a trained model. */
export const hasModel = ({ model }: Goals): boolean => model === 'logits' || model === 'weights';

/** Goals with what follows from others: who scores calibration needs probabilities. */
export const settledGoals = (goals: Goals): Goals =>
  goals.metric === 'calibration' ? { ...goals, needsProbabilities: true } : goals;
