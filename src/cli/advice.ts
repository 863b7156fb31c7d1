import { LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';
import { nodeFileSource } from '../dataset/nodeFileSource';
import { pictureFacts } from '../dataset/pictureFacts';
import { advise } from '../recommend/advise';
import { frameworkNamed, frameworks } from '../recommend/frameworkDefects';
import { existingModels, goalMetrics } from '../recommend/goals';
import type { Goals, Recommendations } from '../recommend/types';
import { hasNativeRuntime } from '../runtime/folder';
import type { Args } from './args';
import type { OptionSpec } from './command';
import { readDeployment } from './deployment';
import type { Io } from './io';
import type { Profiled } from './profileOf';

/** What a command that advises may be told about the goal. */
export const goalOptions: Readonly<Record<string, OptionSpec>> = {
  deploy: { type: 'string', value: 'uniform|as-trained|FILE' },
  metric: { type: 'string', value: goalMetrics.join('|') },
  budget: { type: 'string', value: 'MINUTES|none' },
  model: { type: 'string', value: existingModels.join('|') },
};

/** One of a few words, or an error that names the nearest. */
const choice = <T extends string>(
  args: Args,
  option: string,
  known: readonly T[],
): T | undefined => {
  const value = args.text(option);
  if (value === undefined) return undefined;
  const found = known.find((word) => word === value);
  if (found !== undefined) return found;
  const near = nearest(value, known);
  const params = { option: `--${option}`, value, known };
  throw near === null
    ? new LongtailError('cli/unknown-choice', params)
    : new LongtailError('cli/unknown-choice-near', { ...params, near });
};

const budgetOf = (args: Args): number | undefined => {
  const value = args.text('budget');
  if (value === undefined || value === 'none') return undefined;
  const minutes = value.trim() === '' ? NaN : Number(value);
  if (!(minutes >= 0 && Number.isFinite(minutes))) throw new LongtailError('cli/budget', { value });
  return minutes;
};

const goalsOf = (profiled: Profiled, args: Args, io: Io): Goals => {
  const deployment = readDeployment(args.text('deploy'), profiled.profile, io);
  const pictures = pictureFacts(profiled.index, nodeFileSource);
  const [metric, model] = [
    choice(args, 'metric', goalMetrics),
    choice(args, 'model', existingModels),
  ];
  const budgetMinutes = budgetOf(args);
  return {
    ...(deployment === undefined ? {} : { deployment }),
    ...(metric === undefined ? {} : { metric }),
    ...(budgetMinutes === undefined ? {} : { budgetMinutes }),
    ...(model === undefined ? {} : { model }),
    ...(pictures === null ? {} : { pictures }),
    withoutNative: !hasNativeRuntime(io.env),
  };
};

/** The option that names the framework the advice is for. */
export const frameworkOption: OptionSpec = {
  type: 'string',
  value: `${frameworks[0]}|…[@VERSION]`,
};

/** Advice for a profile under the user's goals, what its pictures look like and what trains here. */
export const adviceFor = (profiled: Profiled, args: Args, io: Io): Recommendations => {
  const framework = args.text('framework');
  return advise(
    profiled.profile,
    goalsOf(profiled, args, io),
    framework === undefined ? null : frameworkNamed(framework),
  );
};
