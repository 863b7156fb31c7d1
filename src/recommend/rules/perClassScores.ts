import { because, noFigure, nothingToConfigure, ranks, type Rule } from '../rule';

/** Labels inside sequences: scores per class first; drawing samples anew moves every class at once. */
export const perClassScores: Rule = {
  id: 'per-class-scores',
  when: ranks({ sequence: 1 }),
  because: because('per-class-scores'),
  source: { paper: 'Charte et al., Neurocomputing 2015', place: 'labels that occur together' },
  expected: noFigure,
  patch: nothingToConfigure,
};
