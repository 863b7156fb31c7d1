import { because, countsOf, noFigure, type Rule } from '../rule';
import { balancedBelow } from '../situations';

/** Images repeated by their rarest class: the sampler for images that hold several classes. */
export const repeatFactor: Rule = {
  id: 'repeat-factor',
  when: ({ situation, facts }) =>
    facts.ratio >= balancedBelow && (situation === 'detection' || situation === 'multi-label')
      ? 0
      : null,
  // LVIS uses 0.001, which repeats nothing in a set of a thousand images.
  because: (given) =>
    given.situation === 'multi-label'
      ? { code: 'recommend/repeat-factor/because-labels', params: countsOf(given) }
      : because('repeat-factor', ({ facts }) => ({ threshold: facts.medianImageShare ?? 0.001 }))(
          given,
        ),
  source: { paper: 'Gupta et al., CVPR 2019 (LVIS)', place: 'repeat factor sampling' },
  expected: noFigure,
  extraTrainings: 1,
  isExported: true,
  patch: (_, plain) => ({
    stages: plain.stages.map((stage) => ({ ...stage, sampler: { kind: 'repeat-factor' } })),
  }),
};
