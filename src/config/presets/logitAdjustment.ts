import { plainStageOf, scaledSteps } from './scaling';
import type { Preset } from './types';

/** Menon et al., ICLR 2021: the loss with τ = 1, 200 epochs, rate × 0.1 at 160 and 180, warm-up 5. */
export const logitAdjustment: Preset = {
  id: 'logit-adjustment',
  images: false,
  apply: (plain) => {
    const stage = plainStageOf(plain);
    const steps = { whole: 200, drops: [160, 180], dropTo: 0.1, warmup: 5 };
    return {
      ...plain,
      stages: [
        {
          ...stage,
          loss: { kind: 'logit-adjusted', tau: 1 },
          optimizer: {
            ...stage.optimizer,
            weightDecay: 1e-4,
            ...scaledSteps(stage.epochs, steps),
          },
        },
      ],
    };
  },
};
