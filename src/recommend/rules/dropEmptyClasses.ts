import { because, noFigure, type Rule } from '../rule';

/** Classes without a training sample cannot be learnt; leaving them out keeps the scores honest. */
export const dropEmptyClasses: Rule = {
  id: 'drop-empty-classes',
  when: ({ facts }) => (facts.empty.length > 0 && facts.present >= 2 ? 8 : null),
  because: because('drop-empty-classes', ({ facts }) => ({
    count: facts.empty.length,
    names: facts.empty.slice(0, 5),
  })),
  source: {
    paper: 'Ren et al., NeurIPS 2020',
    place: 'repository issue 15: classes without samples',
  },
  expected: noFigure,
  patch: ({ facts }) => ({ dataset: { classes: { ignore: [...facts.empty] } } }),
};
