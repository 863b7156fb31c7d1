import { publishedGain } from '../evidence';
import { because, ranks, type Rule } from '../rule';

/** A mild correction, n^½, where strong ones would amplify wrong labels. */
export const squareRootSampling: Rule = {
  id: 'square-root-sampling',
  when: ranks({ 'label-noise': 1 }),
  because: because('square-root-sampling'),
  source: {
    paper: 'Kang et al., ICLR 2020',
    place: 'square-root sampling, results on ImageNet-LT',
  },
  expected: ({ facts }) => publishedGain('square-root-sampling', facts),
  patch: (_, plain) => ({
    stages: plain.stages.map((stage) => ({ ...stage, sampler: { kind: 'square-root' } })),
  }),
};
