import { because, countsOf, type Rule } from '../rule';
import { balancedBelow } from '../situations';

/** A ratio that reads as 1. */
const evenBelow = 1.05;

/** Plain training: nothing to gain under a ratio of 3, and the better choice where the world is as skewed. */
export const leaveAlone: Rule = {
  id: 'leave-alone',
  when: ({ situation, facts, goals }) => {
    if (situation === 'as-trained' || situation === 'balanced') return 0;
    // Unasked, the ranking for the other assumption has it with the reason that fits there.
    if (situation === 'mild') return goals.deployment === undefined ? null : 2;
    const otherTask =
      situation === 'detection' || situation === 'multi-label' || situation === 'sequence';
    return otherTask && facts.ratio < balancedBelow ? 0 : null;
  },
  because: (given) =>
    given.situation === 'as-trained'
      ? { code: 'recommend/leave-alone/because-as-trained', params: countsOf(given) }
      : given.situation === 'mild'
        ? { code: 'recommend/leave-alone/because-mild', params: countsOf(given) }
        : given.facts.ratio < evenBelow
          ? { code: 'recommend/leave-alone/because-even', params: countsOf(given) }
          : because('leave-alone')(given),
  source: {
    paper: 'Cui et al., CVPR 2019; Hong et al., CVPR 2021',
    place: 'balanced columns of table 2; test sets as skewed as training',
  },
  expected: ({ situation }) =>
    situation === 'as-trained'
      ? [
          {
            code: 'recommend/leave-alone/expected-as-trained',
            params: { plain: 66.3, balanced: 62.5 },
          },
        ]
      : [{ code: 'recommend/leave-alone/expected', params: {} }],
  patch: ({ situation }) =>
    situation === 'as-trained' ? { goal: { prior: 'as-trained', metric: 'accuracy' } } : {},
};
