import { publishedGain } from '../evidence';
import { ourRun } from '../gain';
import { because, ranks, type Rule } from '../rule';

/** The same correction inside the loss: a second training with the natural sampler (balanced softmax at tau 1). */
export const logitAdjustedLoss: Rule = {
  id: 'logit-adjusted-loss',
  when: ranks({
    mild: 1,
    'few-classes': 1,
    'medium-classes': 1,
    'many-classes': 1,
    'small-photos': 1,
    extreme: 1,
    'few-photos': 2,
    'heavy-compute': 2,
  }),
  because: because('logit-adjusted-loss'),
  source: {
    paper: 'Menon et al., ICLR 2021; Ren et al., NeurIPS 2020',
    place: 'logit-adjusted loss, table 3; balanced softmax, table 2',
  },
  expected: ({ facts }) => [
    ...publishedGain('logit-adjusted-loss', facts),
    ...ourRun('logit-adjusted-loss', facts),
  ],
  extraTrainings: 1,
  patch: (_, plain) => ({
    stages: plain.stages.map((stage) => ({ ...stage, loss: { kind: 'logit-adjusted', tau: 1 } })),
  }),
};
