import { because, nothingToConfigure, type Rule } from '../rule';

/** A backbone trained on many photos, frozen, with a corrected head: the most from few photos. Not built yet. */
export const frozenBackbone: Rule = {
  id: 'frozen-backbone',
  when: ({ situation, facts }) => {
    if (!facts.maybePhotos) return null;
    if (situation === 'few-photos' || situation === 'too-little-data') return 0;
    return situation === 'extreme' ? 3 : null;
  },
  because: because('frozen-backbone'),
  source: {
    paper: 'Kang et al., ICLR 2020',
    place: 'results on Places-LT, pre-trained on ImageNet',
  },
  expected: () => [
    {
      code: 'recommend/published',
      params: { set: 'Places-LT', from: 30.2, to: 37.6, runs: ['Kang et al. 2020, LWS'], count: 1 },
    },
  ],
  patch: nothingToConfigure,
};
