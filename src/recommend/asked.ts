import { frameworks } from './frameworkDefects';
import { existingModels, goalMetrics } from './goals';
import type { ExistingModel, GoalMetric, Goals, TargetFramework } from './types';

/** What a form asks; null where nothing was answered. */
export interface AskedGoals {
  readonly deployment: 'uniform' | 'as-trained' | null;
  readonly metric: GoalMetric | null;
  readonly model: ExistingModel | null;
  /** Minutes that training may take, 0 and above. */
  readonly budgetMinutes: number | null;
  readonly framework: TargetFramework | null;
}

export const nothingAsked: AskedGoals = {
  deployment: null,
  metric: null,
  model: null,
  budgetMinutes: null,
  framework: null,
};

const deployments = ['uniform', 'as-trained'] as const;

const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | null =>
  known.find((word) => word === value) ?? null;

const frameworkOf = (value: unknown): TargetFramework | null => {
  const fields = fieldsOf(value);
  const name = oneOf(frameworks, fields.get('name'));
  const version = fields.get('version');
  if (name === null) return null;
  return { name, version: typeof version === 'string' && version !== '' ? version : null };
};

/** Answers out of a page or the editor's memory; what is none of the answers counts as not given. */
export const readAskedGoals = (value: unknown): AskedGoals => {
  const fields = fieldsOf(value);
  const minutes = fields.get('budgetMinutes');
  return {
    deployment: oneOf(deployments, fields.get('deployment')),
    metric: oneOf(goalMetrics, fields.get('metric')),
    model: oneOf(existingModels, fields.get('model')),
    budgetMinutes:
      typeof minutes === 'number' && Number.isFinite(minutes) && minutes >= 0 ? minutes : null,
    framework: frameworkOf(fields.get('framework')),
  };
};

/** The answers with what is known of the data and the machine. */
export const goalsFrom = (
  { deployment, metric, model, budgetMinutes }: AskedGoals,
  known: {
    readonly pictures: Goals['pictures'] | null;
    readonly withoutNative: boolean;
  },
): Goals => ({
  ...(deployment === null ? {} : { deployment: { kind: deployment } }),
  ...(metric === null ? {} : { metric }),
  ...(model === null ? {} : { model }),
  ...(budgetMinutes === null ? {} : { budgetMinutes }),
  ...(known.pictures == null ? {} : { pictures: known.pictures }),
  withoutNative: known.withoutNative,
});
