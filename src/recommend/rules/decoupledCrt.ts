import { publishedGain } from '../evidence';
import { ourRun } from '../gain';
import { because, ranks, type Rule } from '../rule';

/** Epochs of the classifier on cached features, as the paper's ImageNet-LT runs. */
const headEpochs = 10;

const usual = ranks({
  'few-classes': 2,
  'medium-classes': 2,
  'many-classes': 2,
  'small-photos': 2,
  extreme: 4,
});

/** Features from plain training, then the classifier again with class-balanced sampling (cRT). */
export const decoupledCrt: Rule = {
  id: 'decoupled-crt',
  // Outputs alone have no features; with the network at hand it is next to free.
  when: (given) => {
    const place = usual(given);
    if (place === null || given.goals.model === 'logits') return null;
    return given.goals.model === 'weights' ? Math.min(place, 0.5) : place;
  },
  because: because('decoupled-crt'),
  source: {
    paper: 'Kang et al., ICLR 2020',
    place: 'classifier re-training (cRT), results on ImageNet-LT',
  },
  expected: ({ facts }) => [
    ...publishedGain('decoupled-crt', facts),
    ...ourRun('decoupled-crt', facts),
  ],
  patch: (_, plain) => ({
    stages: [
      ...plain.stages,
      ...plain.stages.slice(-1).map((stage) => ({
        ...stage,
        name: 'classifier',
        epochs: headEpochs,
        trainable: 'classifier',
        init: 'again',
        sampler: { kind: 'class-balanced' },
        optimizer: { ...stage.optimizer, warmupEpochs: 0 },
      })),
    ],
  }),
};
