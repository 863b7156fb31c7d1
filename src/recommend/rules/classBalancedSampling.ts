import { publishedGain } from '../evidence';
import { ourRun } from '../gain';
import { because, ranks, type Rule } from '../rule';

/** Every class drawn equally often from the start: only where classes are few, and last. */
export const classBalancedSampling: Rule = {
  id: 'class-balanced-sampling',
  when: ranks({ 'few-classes': 5 }),
  because: because('class-balanced-sampling', ({ facts }) => ({
    repeats: facts.total / facts.present / facts.smallest.count,
  })),
  source: { paper: 'Cao et al., NeurIPS 2019', place: 'table 2' },
  expected: ({ facts }) => [
    ...publishedGain('class-balanced-sampling', facts),
    ...ourRun('class-balanced-sampling', facts),
  ],
  extraTrainings: 1,
  patch: (_, plain) => ({
    stages: plain.stages.map((stage) => ({ ...stage, sampler: { kind: 'class-balanced' } })),
  }),
};
