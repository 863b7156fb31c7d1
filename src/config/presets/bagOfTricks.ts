import { plainStageOf, scaledEpochs, scaledSteps } from './scaling';
import type { Preset } from './types';

/** Of the rate of the first stage. */
const secondRate = 0.01;
const thirdRate = 0.02;

/**
 * Zhang et al., AAAI 2021, the best combination without class-activation maps: 400 epochs of input
 * mixup (rate × 0.01 at 320 and 360), 40 with every class drawn alike, 20 without mixup.
 */
export const bagOfTricks: Preset = {
  id: 'bag-of-tricks',
  images: false,
  apply: (plain) => {
    const stage = plainStageOf(plain);
    const part = (epochs: number): number => scaledEpochs(stage.epochs, epochs, 460);
    const [second, third] = [part(40), part(20)];
    const first = Math.max(1, stage.epochs - second - third);
    const rateOf = (share: number): number =>
      Number((stage.optimizer.learningRate * share).toPrecision(3));
    const mixing = { kind: 'mixup', alpha: 1 } as const;
    const sampler = { kind: 'class-balanced' } as const;
    return {
      ...plain,
      stages: [
        {
          ...stage,
          name: 'mixup',
          epochs: first,
          mixing,
          optimizer: {
            ...stage.optimizer,
            ...scaledSteps(first, { whole: 400, drops: [320, 360], dropTo: 0.01, warmup: 5 }),
          },
        },
        {
          ...stage,
          name: 'balanced',
          epochs: second,
          sampler,
          mixing,
          optimizer: {
            ...stage.optimizer,
            learningRate: rateOf(secondRate),
            ...{ schedule: 'constant' as const, warmupEpochs: 0 },
          },
        },
        {
          ...stage,
          name: 'fine-tune',
          epochs: third,
          sampler,
          optimizer: {
            ...stage.optimizer,
            learningRate: rateOf(thirdRate),
            ...scaledSteps(third, { whole: 20, drops: [8, 16], dropTo: 0.1, warmup: 0 }),
          },
        },
      ],
    };
  },
};
