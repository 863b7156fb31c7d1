import { because, noFigure, nothingToConfigure, ranks, type Rule } from '../rule';

/** Tables with one rare class in a hundred or fewer: plain boosted trees, calibrated, with a threshold from costs. */
export const calibratedTrees: Rule = {
  id: 'calibrated-trees',
  when: ranks({ 'severe-binary': 0 }),
  because: because('calibrated-trees', ({ facts }) => ({
    share: facts.smallest.count / Math.max(1, facts.total),
  })),
  source: {
    paper: 'van den Goorbergh et al., JAMIA 2022',
    place: 'harm of re-sampling to calibration',
  },
  expected: noFigure,
  patch: nothingToConfigure,
};
