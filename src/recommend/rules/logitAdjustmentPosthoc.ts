import { tauFor } from '../choices';
import { publishedGain } from '../evidence';
import { ourRun } from '../gain';
import { hasModel } from '../goals';
import { because, countsOf, ranks, type Rule } from '../rule';

/** Places by situation. */
const usual = ranks({
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
});

/**
 * Subtract tau·log prior from the scores of the plain model. The baseline is trained anyway, so
 * this comes before everything that trains twice.
 */
export const logitAdjustmentPosthoc: Rule = {
  id: 'logit-adjustment-posthoc',
  // With a model at hand it costs nothing at all.
  when: (given) => {
    const place = usual(given);
    return place !== null && hasModel(given.goals) ? Math.min(place, -2) : place;
  },
  because: (given) =>
    given.world === 'given'
      ? { code: 'recommend/logit-adjustment-posthoc/because-given', params: countsOf(given) }
      : hasModel(given.goals)
        ? { code: 'recommend/logit-adjustment-posthoc/because-has-model', params: countsOf(given) }
        : because('logit-adjustment-posthoc')(given),
  source: { paper: 'Menon et al., ICLR 2021', place: 'post-hoc logit adjustment, table 3' },
  expected: ({ facts }) => [
    ...publishedGain('logit-adjustment-posthoc', facts),
    ...ourRun('logit-adjustment-posthoc', facts),
  ],
  patch: ({ facts, goals }, plain) => {
    const { tau } = tauFor(facts, goals, plain.dataset.splits.validation);
    const shares = goals.deployment?.kind === 'given' ? goals.deployment.shares : null;
    return {
      ...(shares === null ? {} : { goal: { prior: shares } }),
      posthoc: { kind: 'logit-adjustment', tau },
    };
  },
};
