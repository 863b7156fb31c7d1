import { powerFor } from '../choices';
import { publishedGain } from '../evidence';
import { ourRun } from '../gain';
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
  expected: ({ facts }) => [
    ...publishedGain('square-root-sampling', facts),
    ...ourRun('square-root-sampling', facts),
  ],
  extraTrainings: 1,
  // Where the root still repeats samples over ten times an epoch, a milder power.
  patch: ({ facts }, plain) => {
    const { q } = powerFor(facts);
    const sampler = q > 0.5 ? { kind: 'power', q } : { kind: 'square-root' };
    return { stages: plain.stages.map((stage) => ({ ...stage, sampler })) };
  },
};
