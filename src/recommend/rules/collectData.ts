import { because, countsOf, noFigure, nothingToConfigure, type Rule } from '../rule';

/** Below this a class can hardly be learnt, and not be validated at all. */
const enough = 20;

/** More samples of the smallest classes, or classes merged: no loss makes up for five pictures. */
export const collectData: Rule = {
  id: 'collect-data',
  when: ({ situation, facts }) => {
    if (situation === 'nothing-labelled' || situation === 'one-class') return 0;
    if (situation === 'too-little-data') return facts.maybePhotos ? 1 : 0;
    if (situation === 'extreme') return 2;
    return facts.fewClasses > 0 ? 6 : null;
  },
  because: (given) => {
    const { situation } = given;
    return situation === 'nothing-labelled' || situation === 'one-class'
      ? { code: `recommend/collect-data/because-${situation}`, params: countsOf(given) }
      : because('collect-data', ({ facts }) => ({
          count: facts.fewClasses,
          missing: facts.classes.reduce(
            (sum, { count }) => sum + (count > 0 ? Math.max(0, enough - count) : 0),
            0,
          ),
          enough,
        }))(given);
  },
  source: { paper: 'Longtail', place: 'rule of thumb from sample counts, not published' },
  expected: noFigure,
  patch: nothingToConfigure,
};
