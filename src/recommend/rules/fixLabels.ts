import { because, noFigure, nothingToConfigure, type Rule } from '../rule';

/** Wrong labels first: every correction of rare classes turns them up. */
export const fixLabels: Rule = {
  id: 'fix-labels',
  when: ({ situation, goals }) => {
    if (goals.labelNoise !== true) return null;
    return situation === 'label-noise' ? 0 : 7;
  },
  because: because('fix-labels'),
  source: { paper: 'Northcutt et al., JAIR 2021', place: 'confident learning' },
  expected: noFigure,
  patch: nothingToConfigure,
};
