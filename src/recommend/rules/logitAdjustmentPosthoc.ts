import { publishedGain } from '../evidence';
import { because, countsOf, ranks, type Rule } from '../rule';

/** Validation items every class needs before tau is chosen on them rather than kept at 1. */
const itemsToTune = 20;

/**
 * Subtract tau·log prior from the scores of the plain model. The baseline is trained anyway, so
 * this comes before everything that trains twice.
 */
export const logitAdjustmentPosthoc: Rule = {
  id: 'logit-adjustment-posthoc',
  when: ranks({
    'given-shares': 0,
    mild: 0,
    'few-classes': 0,
    'medium-classes': 0,
    'many-classes': 0,
    'small-photos': 0,
    extreme: 0,
    probabilities: 0,
    'few-photos': 1,
    'heavy-compute': 1,
  }),
  because: (given) =>
    given.world === 'given'
      ? { code: 'recommend/logit-adjustment-posthoc/because-given', params: countsOf(given) }
      : given.goals.hasModel === true
        ? { code: 'recommend/logit-adjustment-posthoc/because-has-model', params: countsOf(given) }
        : because('logit-adjustment-posthoc')(given),
  source: { paper: 'Menon et al., ICLR 2021', place: 'post-hoc logit adjustment, table 3' },
  expected: ({ facts }) => publishedGain('logit-adjustment-posthoc', facts),
  patch: ({ facts, goals }, plain) => {
    const { validation } = plain.dataset.splits;
    const tunable =
      typeof validation === 'number' && facts.smallest.count * validation >= itemsToTune;
    const fixed = goals.needsProbabilities === true || !tunable;
    const shares = goals.deployment?.kind === 'given' ? goals.deployment.shares : null;
    return {
      ...(shares === null ? {} : { goal: { prior: shares } }),
      posthoc: { kind: 'logit-adjustment', tau: fixed ? 1 : 'auto' },
    };
  },
};
