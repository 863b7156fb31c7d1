import { because, nothingToConfigure, ranks, type Rule } from '../rule';

/** Several experts or contrastive training, where accuracy is all that counts and time is not. Not built. */
export const expertEnsemble: Rule = {
  id: 'expert-ensemble',
  when: ranks({ 'heavy-compute': 0 }),
  because: because('expert-ensemble'),
  source: {
    paper: 'Wang et al., ICLR 2021 (RIDE); Zhang et al., NeurIPS 2022 (SADE)',
    place: 'ImageNet-LT',
  },
  expected: () => [
    {
      code: 'recommend/published',
      params: {
        set: 'ImageNet-LT',
        from: 46.8,
        to: 58.8,
        runs: ['survey by Zhang et al., SADE, 200 epochs'],
        count: 1,
      },
    },
  ],
  extraTrainings: 9,
  patch: nothingToConfigure,
};
