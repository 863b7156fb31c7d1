import type { LongTailProfile } from '../profile/types';
import { ruleFactsOf } from './facts';
import { defectsOf } from './frameworkDefects';
import { settledGoals } from './goals';
import { recommend } from './recommend';
import { settingsFor } from './settings';
import { situationOf } from './situations';
import type { Goals, Recommendations, TargetFramework } from './types';
import { whyNot } from './whyNot';

/**
 * The ranked advice, the numbers its methods ask for, and what was left out: every other method with the reason, under the first
 * world that is answered for, and what is known to go wrong in the framework it is for.
 */
export const advise = (
  profile: LongTailProfile,
  asked: Goals = {},
  framework: TargetFramework | null = null,
): Recommendations => {
  const advice = recommend(profile, asked);
  const goals = settledGoals(asked);
  const facts = ruleFactsOf(profile);
  const world = goals.deployment?.kind ?? (goals.metric === 'accuracy' ? 'as-trained' : 'uniform');
  const given = { facts, goals, world, situation: situationOf(facts, goals, world) };
  return {
    ...advice,
    settings: settingsFor(facts, goals),
    notRecommended: whyNot(given, advice.items),
    ...(framework === null ? {} : { framework: defectsOf(framework) }),
  };
};
