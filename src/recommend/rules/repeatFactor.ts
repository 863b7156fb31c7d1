import { because, noFigure, nothingToConfigure, type Rule } from '../rule';
import { balancedBelow } from '../situations';

/** Images repeated by their rarest class: the sampler for images that hold several classes. */
export const repeatFactor: Rule = {
  id: 'repeat-factor',
  when: ({ situation, facts }) =>
    facts.ratio >= balancedBelow && (situation === 'detection' || situation === 'multi-label')
      ? 0
      : null,
  // LVIS uses 0.001, which repeats nothing in a set of a thousand images.
  because: because('repeat-factor', ({ facts }) => ({
    threshold: facts.medianImageShare ?? 0.001,
  })),
  source: { paper: 'Gupta et al., CVPR 2019 (LVIS)', place: 'repeat factor sampling' },
  expected: noFigure,
  patch: nothingToConfigure,
};
