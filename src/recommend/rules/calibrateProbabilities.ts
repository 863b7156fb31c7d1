import { because, nothingToConfigure, ranks, type Rule } from '../rule';

/** Where the numbers are read as probabilities: one temperature on validation, and ECE in the report. */
export const calibrateProbabilities: Rule = {
  id: 'calibrate-probabilities',
  when: ranks({ probabilities: 1 }),
  because: because('calibrate-probabilities'),
  source: { paper: 'Hong et al., CVPR 2021; Zhong et al., CVPR 2021', place: 'PC softmax; MiSLAS' },
  expected: () => [
    {
      code: 'recommend/calibrate-probabilities/expected',
      params: { balanced: 0.0615, corrected: 0.0567 },
    },
  ],
  patch: nothingToConfigure,
};
