import { plainStageOf, scaledEpochs } from './scaling';
import type { Preset } from './types';

/** Kang et al., ICLR 2020: 90 epochs plain, then 10 of a fresh classifier, classes in turn. */
export const decoupling: Preset = {
  id: 'decoupling',
  images: false,
  apply: (plain) => {
    const stage = plainStageOf(plain);
    const { warmupEpochs, ...optimizer } = {
      ...stage.optimizer,
      ...{ schedule: 'cosine' as const, weightDecay: 5e-4 },
    };
    const second = scaledEpochs(stage.epochs, 10, 100);
    return {
      ...plain,
      stages: [
        {
          ...stage,
          name: 'features',
          epochs: Math.max(1, stage.epochs - second),
          optimizer: { ...optimizer, warmupEpochs },
        },
        {
          ...stage,
          name: 'classifier',
          epochs: second,
          trainable: 'classifier',
          init: 'again',
          sampler: { kind: 'class-aware', perClass: 4 },
          optimizer: { ...optimizer, warmupEpochs: 0 },
        },
      ],
    };
  },
};
