import { frameworks } from './frameworkDefects';
import { existingModels, goalMetrics } from './goals';
import type { Deployment, ExistingModel, GoalMetric, Goals, TargetFramework } from './types';

/** What a form asks; null where nothing was answered. */
export interface AskedGoals {
  readonly deployment: 'uniform' | 'as-trained' | 'given' | null;
  /** Class shares out of a file, which `given` stands for; they stay when another answer is given. */
  readonly shares: { readonly file: string; readonly of: Readonly<Record<string, number>> } | null;
  readonly metric: GoalMetric | null;
  readonly model: ExistingModel | null;
  /** Minutes that training may take, 0 and above. */
  readonly budgetMinutes: number | null;
  readonly framework: TargetFramework | null;
}

export const nothingAsked: AskedGoals = {
  deployment: null,
  shares: null,
  metric: null,
  model: null,
  budgetMinutes: null,
  framework: null,
};

const deployments = ['uniform', 'as-trained', 'given'] as const;

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

const sharesOf = (value: unknown): AskedGoals['shares'] => {
  const fields = fieldsOf(value);
  const file = fields.get('file');
  const shares = [...fieldsOf(fields.get('of'))].filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 0,
  );
  return typeof file === 'string' && shares.length > 0
    ? { file, of: Object.fromEntries(shares) }
    : null;
};

/** Answers out of a page or the editor's memory; what is none of the answers counts as not given. */
export const readAskedGoals = (value: unknown): AskedGoals => {
  const fields = fieldsOf(value);
  const minutes = fields.get('budgetMinutes');
  const shares = sharesOf(fields.get('shares'));
  const deployment = oneOf(deployments, fields.get('deployment'));
  return {
    deployment: deployment === 'given' && shares === null ? null : deployment,
    shares,
    metric: oneOf(goalMetrics, fields.get('metric')),
    model: oneOf(existingModels, fields.get('model')),
    budgetMinutes:
      typeof minutes === 'number' && Number.isFinite(minutes) && minutes >= 0 ? minutes : null,
    framework: frameworkOf(fields.get('framework')),
  };
};

const deploymentOf = ({ deployment, shares }: AskedGoals): Deployment | null => {
  if (deployment !== 'given') return deployment === null ? null : { kind: deployment };
  return shares === null ? null : { kind: 'given', shares: shares.of };
};

/** The answers with what is known of the data and the machine. */
export const goalsFrom = (
  asked: AskedGoals,
  known: {
    readonly pictures: Goals['pictures'] | null;
    readonly withoutNative: boolean;
  },
): Goals => {
  const { metric, model, budgetMinutes } = asked;
  const deployment = deploymentOf(asked);
  return {
    ...(deployment === null ? {} : { deployment }),
    ...(metric === null ? {} : { metric }),
    ...(model === null ? {} : { model }),
    ...(budgetMinutes === null ? {} : { budgetMinutes }),
    ...(known.pictures == null ? {} : { pictures: known.pictures }),
    withoutNative: known.withoutNative,
  };
};
