import { checkTrainable } from '../config/combinations';
import { plainConfig } from '../config/defaults';
import type { RebalanceConfig } from '../config/schema';
import type { LongTailProfile } from '../profile/types';
import { isOverBudget } from './effort';
import { ruleFactsOf } from './facts';
import { expectedGain } from './gain';
import { settledGoals } from './goals';
import { orderByGain } from './order';
import type { Case, Rule } from './rule';
import { rules } from './rules';
import { situationOf, type World } from './situations';
import type { Goals, Measured, Recommendation, Recommendations } from './types';

/** Accuracy counts classes as often as they come, so its ranking is the first where nothing is said. */
const worldsOf = ({ deployment, metric }: Goals): readonly World[] =>
  deployment !== undefined
    ? [deployment.kind]
    : metric === 'accuracy'
      ? ['as-trained', 'uniform']
      : ['uniform', 'as-trained'];

/** The user's metric goes into every config, so that runs are compared by it. */
const withMetric = (
  patch: Readonly<Record<string, unknown>> | null,
  { metric }: Goals,
): Readonly<Record<string, unknown>> | null => {
  if (patch === null || metric === undefined || metric === 'calibration') return patch;
  const { goal } = patch;
  return { ...patch, goal: { ...(typeof goal === 'object' ? goal : {}), metric } };
};

const itemOf = (
  rule: Rule,
  given: Case,
  plain: RebalanceConfig,
  measured: readonly Measured[],
): Recommendation => {
  const { id, source } = rule;
  const own = measured.filter((run) => run.id === id);
  return {
    id,
    title: { code: `recommend/${id}/title`, params: {} },
    reason: rule.because(given),
    source,
    expected: [
      ...rule.expected(given),
      ...own.map(({ baseline, recipe, baselineFew, recipeFew }) =>
        baselineFew === null || recipeFew === null
          ? { code: 'recommend/measured', params: { baseline, recipe } }
          : {
              code: 'recommend/measured-few',
              params: { baseline, recipe, baselineFew, recipeFew },
            },
      ),
    ],
    cost: { code: `recommend/${id}/cost`, params: {} },
    whenNot: { code: `recommend/${id}/when-not`, params: {} },
    assumes: given.world,
    // What cannot be trained here has nothing to configure but what an exporter writes.
    patch:
      rule.isExported === true || checkTrainable(given.facts).length === 0
        ? withMetric(rule.patch(given, plain), given.goals)
        : null,
    gain: expectedGain(id, given.facts),
  };
};

/** The advice for one answer to the question what the world looks like, best first. */
const rank = (
  profile: LongTailProfile,
  goals: Goals,
  world: World,
  measured: readonly Measured[],
): readonly Recommendation[] => {
  const facts = ruleFactsOf(profile);
  const given: Case = { facts, goals, world, situation: situationOf(facts, goals, world) };
  // Root, picture size and channels do not enter a patch: stages follow from the counts alone.
  const plain = plainConfig(profile, { root: '.' });
  const items = rules
    .filter((rule) => !isOverBudget(rule, facts, goals))
    .map((rule) => ({ rule, place: rule.when(given) }))
    .filter((entry): entry is { rule: Rule; place: number } => entry.place !== null)
    .sort((a, b) => a.place - b.place)
    .map(({ rule }) => itemOf(rule, given, plain, measured));
  return orderByGain(items);
};

const sameAdvice = (a: Recommendation, b: Recommendation): boolean =>
  a.id === b.id && JSON.stringify([a.reason, a.patch]) === JSON.stringify([b.reason, b.patch]);

/**
 * Ranked advice for a profile: deterministic, never empty, every id once. The situation (METHODS
 * table by task, declared noise, smallest class, few band, ratio, number of classes) picks the
 * rules, expected gain their order. Where the user has not said what the model will meet, the ranking for equal class shares
 * comes first and the one for the shares of the training data after it; what stands in both
 * assumes `any`. `measured` adds what runs on this dataset showed; nothing else claims an effect on it.
 */
export const recommend = (
  profile: LongTailProfile,
  asked: Goals = {},
  measured: readonly Measured[] = [],
): Recommendations => {
  const goals = settledGoals(asked);
  const [first = [], second = []] = worldsOf(goals).map((world) =>
    rank(profile, goals, world, measured),
  );
  const both = first.map((item): Recommendation =>
    second.some((other) => sameAdvice(item, other)) ? { ...item, assumes: 'any' } : item,
  );
  const rest = second.filter(({ id }) => !first.some((item) => item.id === id));
  return {
    schema: 'longtail.recommendations/2',
    items: [...both, ...rest],
  };
};

/** The best advice that a config can carry out, the one a config is made from unless another is named. */
export const firstConfigurable = ({ items }: Recommendations): Recommendation | null =>
  items.find(({ patch }) => patch !== null) ?? null;
